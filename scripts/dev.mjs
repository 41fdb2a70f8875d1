// npm run dev: the development server, which reloads on a changed source or record.
//   npm run dev -- --port 9000
import './accepted-node.mjs';
import { run } from './run.mjs';

process.exit(
  run(['astro', 'dev', ...process.argv.slice(2)], { env: { ASTRO_TELEMETRY_DISABLED: '1' } }),
);
