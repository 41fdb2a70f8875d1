// The README on a version's page, read when it is opened.

const part = document.querySelector<HTMLDetailsElement>('details.readme');
part?.addEventListener(
  'toggle',
  async () =>
    part.append((await import('../viewer/readme-part.client.ts')).readmePart(part.dataset)),
  { once: true },
);
