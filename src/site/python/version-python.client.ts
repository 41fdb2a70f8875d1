// The lines of a version's page as files. What makes them is loaded when the lines are opened.

for (const part of document.querySelectorAll<HTMLDetailsElement>('details.python')) {
  part.addEventListener(
    'toggle',
    async () => {
      const { saveButtons } = await import('./opened-python.client.ts');
      const code = part.querySelector('pre')?.textContent ?? '';
      part.append(saveButtons({ packages: [], code }, part.dataset['name'] ?? 'dandiset'));
    },
    { once: true },
  );
}
