'use strict';
// Tells the import rules which file an import means: `#lib/...` as package.json `imports` says, and relative paths.
// Whether the file exists is for TypeScript to say; packages are named by rules of their own.
const { dirname, resolve } = require('node:path');

exports.interfaceVersion = 2;

exports.resolve = function (source, file) {
	if (source.startsWith('#lib/'))
		return { found: true, path: resolve('src/lib', source.slice('#lib/'.length)) };
	if (source.startsWith('.')) return { found: true, path: resolve(dirname(file), source) };
	return { found: false };
};
