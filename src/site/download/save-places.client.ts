// Where a browser lets a page save: a file or a folder that the reader chooses. Not in every browser, and not yet among
// the types of the platform.

interface Pickers {
  showSaveFilePicker?(options: {
    suggestedName: string;
    types: { description: string; accept: Record<string, string[]> }[];
  }): Promise<FileSystemFileHandle>;
  showDirectoryPicker?(options: {
    id: string;
    mode: 'readwrite';
  }): Promise<FileSystemDirectoryHandle>;
}

const pickers = globalThis as unknown as Pickers;

export const savesFiles = (): boolean => pickers.showSaveFilePicker !== undefined;
export const opensFolders = (): boolean => pickers.showDirectoryPicker !== undefined;

/** What the reader chooses; undefined if nothing. */
async function chosen<Handle>(asked: Promise<Handle> | undefined): Promise<Handle | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

/** A file for a ZIP; undefined if the reader chooses none. Only after a click. */
export function chooseZip(name: string): Promise<FileSystemFileHandle | undefined> {
  const types = [{ description: 'ZIP file', accept: { 'application/zip': ['.zip'] } }];
  return chosen(pickers.showSaveFilePicker?.({ suggestedName: name, types }));
}

/** A folder; undefined if the reader chooses none. Only after a click. */
export function chooseFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  return chosen(pickers.showDirectoryPicker?.({ id: 'dandiset', mode: 'readwrite' }));
}

/** Removes the empty file of a ZIP that was not finished, where the browser can. */
export async function removeEmpty(
  handle: FileSystemFileHandle & { remove?: () => Promise<void> },
): Promise<void> {
  try {
    if ((await handle.getFile()).size === 0) await handle.remove?.();
  } catch {
    // It is gone already.
  }
}
