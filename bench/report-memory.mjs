// Loaded into a build (`node --import`): writes the peak memory of the process, in bytes, to the file that
// BENCH_MEMORY names.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const file = process.env.BENCH_MEMORY;
  if (file) writeFileSync(file, String(process.resourceUsage().maxRSS * 1024));
});
