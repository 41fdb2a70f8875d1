// The search field in the header of every page: `/` leads to it, and what suggests and what walks
// through a result is loaded only when it is wanted.

const header = document.querySelector<HTMLInputElement>('#seek');
const field = document.querySelector<HTMLInputElement>('#search-words') ?? header;

addEventListener('keydown', (event) => {
  // A page with a field of its own for `/` has answered already.
  if (event.defaultPrevented || event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey)
    return;
  const target = event.target instanceof HTMLElement ? event.target : document.body;
  if (target.closest('input, textarea, select, [contenteditable]') !== null) return;
  event.preventDefault();
  field?.focus();
  field?.select();
});

if (header !== null) {
  header.addEventListener(
    'focus',
    async () => {
      header.addEventListener('input', () => (header.dataset['typed'] = ''), { once: true });
      const { suggestInHeader } = await import('./header-suggestions.client.ts');
      suggestInHeader(header);
    },
    { once: true },
  );
}

/** Whether a result led here; some browsers forbid to ask. */
function isInResult(): boolean {
  try {
    return /\/dandiset\/\d{6}\/$/.test(location.pathname) && 'search-walk' in sessionStorage;
  } catch {
    return false;
  }
}

if (isInResult()) void import('./result-navigation.client.ts');
