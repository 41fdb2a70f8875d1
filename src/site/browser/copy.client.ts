// On every page: buttons that put a text on the clipboard, `<button type="button" data-copy="…">`.

let announcer: HTMLElement | undefined;

function announce(words: string): void {
  if (announcer === undefined) {
    announcer = document.createElement('p');
    announcer.className = 'visually-hidden';
    announcer.setAttribute('role', 'status');
    // Inside the page's main part: text outside of landmarks is hard to find.
    (document.querySelector('main') ?? document.body).append(announcer);
  }
  announcer.textContent = words;
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No permission, or a page that did not come over a secure connection.
    return false;
  }
}

document.addEventListener('click', async (event) => {
  const button =
    event.target instanceof Element ? event.target.closest<HTMLElement>('[data-copy]') : null;
  if (button === null) return;
  const words = (await write(button.dataset['copy'] ?? ''))
    ? 'Copied'
    : 'Not copied: the browser did not allow it';
  announce(words);
  button.dataset['said'] ??= button.textContent;
  button.textContent = words;
  setTimeout(() => {
    button.textContent = button.dataset['said'] ?? '';
    if (announcer?.textContent === words) announcer.textContent = '';
  }, 2000);
});
