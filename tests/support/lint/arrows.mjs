/** The folders of the house and which of them each may import: every arrow of the design, and no other. */
export const PURE = ['slice', 'sample', 'money', 'iati', 'words'];
export const SEEN = ['figure', 'chart', 'map', 'picture', 'table', 'layout'];

/** The compiled messages: text, by the language of the request. */
const MESSAGES = 'paraglide';

const MAY_USE = {
	routes: ['routes', 'server', 'hooks', ...PURE, ...SEEN, MESSAGES],
	// Words are what places and headings are called: lists are sorted and searched by them, in the visitor's language.
	server: ['server', 'iati', 'slice', 'sample', 'money', 'words', MESSAGES],
	// The bodies of SvelteKit's hooks: they know the framework, and under `vite dev` they start what the entry starts.
	hooks: ['hooks', 'server', 'seed', 'slice', MESSAGES],
	...Object.fromEntries(
		SEEN.map((folder) => [folder, [...SEEN, 'slice', 'sample', 'money', 'words', MESSAGES]])
	),
	...Object.fromEntries(PURE.map((folder) => [folder, [...PURE, MESSAGES]])),
	// Frozen once released: what they import could change under them.
	migrations: [],
	seed: ['seed', 'server', 'iati', 'slice', 'money', 'words', MESSAGES]
};

export const ELEMENTS = [
	{ type: 'hooks', pattern: 'src/lib/server/hooks', partialMatch: false },
	...[...PURE, ...SEEN, MESSAGES, 'server'].map((type) => ({
		type,
		pattern: `src/lib/${type}`,
		partialMatch: false
	})),
	{ type: 'routes', pattern: 'src/routes', partialMatch: false },
	{ type: 'migrations', pattern: 'db/migrations', partialMatch: false },
	{ type: 'seed', pattern: 'db/seed', partialMatch: false }
];

export const POLICIES = Object.entries(MAY_USE).map(([from, to]) => ({
	from: { element: { type: from } },
	allow: to.length > 0 ? { to: { element: { types: { anyOf: to } } } } : []
}));
