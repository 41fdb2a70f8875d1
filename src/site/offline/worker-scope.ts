// The part of a service worker's global scope that is used here; TypeScript's library for pages has none, and
// that for workers cannot be loaded together with it.

interface ExtendableEvent {
  waitUntil(promise: Promise<unknown>): void;
}

export interface FetchEvent extends ExtendableEvent {
  request: Request;
  /** The page that sent the request; empty for a navigation. */
  clientId: string;
  /** The page or worker created by the response; empty otherwise. */
  resultingClientId: string;
  respondWith(response: Promise<Response>): void;
}

interface WorkerClient {
  postMessage(message: unknown): void;
}

export interface WorkerScope {
  location: Location;
  registration: ServiceWorkerRegistration;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(
    type: 'message',
    listener: (event: ExtendableEvent & { data: unknown; source: WorkerClient | null }) => void,
  ): void;
}
