// What Astro gives to scripts of pages, such as `import.meta.env`.
/// <reference types="astro/client" />
