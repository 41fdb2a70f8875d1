// Lines of a long run, written several at a time: one call for each of many thousand takes longer than a small file.

/** Characters after which lines are written at once, and the longest that they wait, in milliseconds. */
const MOST = 8192;
const WAIT = 50;

export interface LinePrinter {
  print(line: string): void;
  /** Writes what is waiting. */
  flush(): void;
}

/** Prints lines to standard output; all are written at the latest when the process ends. */
export function printTogether(): LinePrinter {
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const text = waiting;
    waiting = '';
    if (text !== '') process.stdout.write(text);
  };
  process.once('exit', flush);
  return {
    print(line) {
      waiting += `${line}\n`;
      if (waiting.length >= MOST) flush();
      else timer ??= setTimeout(flush, WAIT).unref();
    },
    flush,
  };
}
