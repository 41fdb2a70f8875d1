// Stops with a message on a Node that is too old. Imported first by the commands a newcomer types, and
// written so that the Nodes it rejects can still parse it.
const REQUIRED = [20, 19];

const numbers = process.versions.node.split('.').map(Number);
if (numbers[0] < REQUIRED[0] || (numbers[0] === REQUIRED[0] && numbers[1] < REQUIRED[1])) {
  console.error(
    'This needs Node ' + REQUIRED.join('.') + ' or newer; here is ' + process.versions.node + '.',
  );
  console.error('Install a current Node (https://nodejs.org/) and run the command again.');
  process.exit(1);
}
