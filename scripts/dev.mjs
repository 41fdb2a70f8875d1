// npm run dev: the development server, which reloads when a source or record changes.
//   npm run dev -- --port 9000
import './accepted-node.mjs';
import { runAstro } from './astro.mjs';

process.exit(runAstro('dev', process.argv.slice(2)));
