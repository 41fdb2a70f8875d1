// The search field in the header of every page: `/` focuses it; suggestions and result navigation are loaded
// only on demand.

const header = document.querySelector<HTMLInputElement>('#seek');
const field = document.querySelector<HTMLInputElement>('#search-words') ?? header;

addEventListener('keydown', (event) => {
  // A page with its own field for `/` has handled the key already.
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

/** Whether this page was opened from a result; some browsers forbid reading it. */
function isInResult(): boolean {
  try {
    return /\/dandiset\/\d{6}\/$/.test(location.pathname) && 'search-walk' in sessionStorage;
  } catch {
    return false;
  }
}

if (isInResult()) void import('./result-navigation.client.ts');
