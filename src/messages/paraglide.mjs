/** How the message catalogue is compiled: by the build, and without it for checks and tests. */
export const PARAGLIDE = {
	project: './src/messages/project.inlang',
	outdir: './src/lib/paraglide',
	emitReadme: false,
	// A module for each of thousands of messages costs a test file seconds; what browsers get is the same either way.
	outputStructure: /** @type {const} */ ('locale-modules'),
	// Also right where no bundler is: the server's entry, the database command, tests.
	isServer: "typeof window === 'undefined'",
	strategy: /** @type {['url', 'baseLocale']} */ (['url', 'baseLocale']),
	// English stands at the root, every other language under its own prefix.
	urlPatterns: [
		{
			pattern: '/:path(.*)?',
			localized: /** @type {[string, string][]} */ ([
				['fr', '/fr/:path(.*)?'],
				['ar', '/ar/:path(.*)?'],
				['en', '/:path(.*)?']
			])
		}
	]
};
