'use strict';
// Every npm script starts here, before anything is installed and under whatever Node the machine has. The syntax of
// this file is old on purpose: a Node too old for the rest must still be able to read the line that says so.
var major = Number(process.versions.node.split('.')[0]);
if (major < 18) {
	console.error(
		'Node ' +
			process.versions.node +
			' is too old even to fetch a newer one: install Node 20 or later from nodejs.org.'
	);
	process.exit(1);
}
require('./launch/begin.cjs');
