// On every page: starts the service worker, announces a new build, and says when the network is gone.

const base = import.meta.env.BASE_URL;

/** A banner over the page; it replaces one of the same name. */
function showBanner(name: string, ...words: (Node | string)[]): void {
  document.getElementById(name)?.remove();
  const line = document.createElement('aside');
  line.id = name;
  line.className = 'notice-line';
  line.ariaLabel = 'About this page';
  const text = document.createElement('p');
  text.role = 'status';
  text.append(...words);
  line.append(text);
  document.querySelector('main')?.before(line);
}

function tellOfNewBuild(registration: ServiceWorkerRegistration): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Reload';
  button.addEventListener('click', () => {
    // Another page may have let the new worker take over already.
    if (registration.waiting === null) location.reload();
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
    registration.waiting?.postMessage('take over');
  });
  showBanner('new-build', 'This archive has been updated. Reload to see it as it is now. ', button);
}

function watchForBuilds(registration: ServiceWorkerRegistration): void {
  const look = (): void => {
    // Without a controller it is the first worker: nothing is replaced.
    if (registration.waiting !== null && navigator.serviceWorker.controller !== null)
      tellOfNewBuild(registration);
  };
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', look),
  );
  look();
}

async function start(): Promise<void> {
  const isFirst = navigator.serviceWorker.controller === null;
  const registration = await navigator.serviceWorker.register(`${base}sw.js`, { scope: base });
  watchForBuilds(registration);
  if (!isFirst) {
    navigator.serviceWorker.controller?.postMessage('room?');
    return;
  }
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  active?.postMessage([location.href, ...loaded]);
}

function watchNetwork(): void {
  addEventListener('offline', () => {
    if (document.getElementById('offline-note') === null)
      showBanner('offline-now', 'Offline: this page was loaded before the network was gone.');
  });
  addEventListener('online', () => document.getElementById('offline-now')?.remove());
}

if ('serviceWorker' in navigator && import.meta.env.PROD) {
  watchNetwork();
  navigator.serviceWorker.addEventListener('message', ({ data }) => {
    if (data === 'no room')
      showBanner(
        'no-room',
        'The browser has no room left: pages you visit are not kept for offline use.',
      );
  });
  // A browser that forbids workers shows the site all the same.
  addEventListener('load', () => void start().catch(() => {}));
}
