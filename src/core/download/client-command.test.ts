import { expect, test } from 'vitest';
import { clientCommand, clientInstallCommand } from './client-command.ts';

test('the client is named by the address of its site', () => {
  expect(clientCommand('https://lab.example/archive/')).toBe(
    'npx --allow-remote=root https://lab.example/archive/cli/dandiset.tgz',
  );
  expect(clientInstallCommand('http://localhost:8000/')).toBe(
    'npm install -g --allow-remote=root http://localhost:8000/cli/dandiset.tgz',
  );
});

test('an address cannot leave its word of the shell', () => {
  expect(clientCommand("https://lab.example/a';b/")).toBe(
    String.raw`npx --allow-remote=root 'https://lab.example/a'\'';b/cli/dandiset.tgz'`,
  );
});
