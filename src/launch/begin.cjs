'use strict';
// A file of its own because an old Node refuses to read a file that holds `import()` at all.
import('./commands.mjs').then(function (commands) {
	return commands.run(process.argv[2], process.argv.slice(3));
});
