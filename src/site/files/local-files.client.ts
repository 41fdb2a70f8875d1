// Files of the reader's own: chosen, or dropped anywhere on the page. They stay on the reader's machine.

/** Calls `open` with each file that is chosen in the page's field for it, or dropped on the page. */
export function takeLocalFiles(page: HTMLElement, open: (file: File) => void): void {
  const field = page.querySelector<HTMLInputElement>('input[name=local]');
  field?.addEventListener('change', () => {
    const [file] = field.files ?? [];
    // The same file can be chosen again.
    field.value = '';
    if (file !== undefined) open(file);
  });
  const holdsFiles = (event: DragEvent): boolean =>
    event.dataTransfer?.types.includes('Files') === true;
  const mark = (isOver: boolean): void => void page.classList.toggle('dropping', isOver);
  addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    // Without this, the browser would leave the page to open the file.
    event.preventDefault();
    mark(true);
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) mark(false);
  });
  addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    mark(false);
    const [file] = event.dataTransfer?.files ?? [];
    if (file !== undefined) open(file);
  });
}
