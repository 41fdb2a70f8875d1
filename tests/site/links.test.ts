import { describe } from 'vitest';
import { demoContent } from '../support/sites/built-site.ts';
import { crawlTests } from './crawl-tests.ts';

describe('links of the demo archive', () => crawlTests('/', async () => demoContent));
describe('links of the demo archive below a base path', () =>
  crawlTests('/archive/', async () => demoContent));
