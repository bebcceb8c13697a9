import { existsSync } from 'node:fs';
import { Refusal, ensureWritable, fingerprint, fromRoot, isStamped, sayBefore, stamp } from './project.mjs';
import { runNode } from './spawn.mjs';

/** JavaScript entry points of the tools, run directly: `.bin` would start them with whatever Node is on PATH. */
export const TOOLS = {
	eslint: 'node_modules/eslint/bin/eslint.js',
	knip: 'node_modules/knip/bin/knip.js',
	kit: 'node_modules/@sveltejs/kit/svelte-kit.js',
	prettier: 'node_modules/prettier/bin/prettier.cjs',
	svelteCheck: 'node_modules/svelte-check/bin/svelte-check',
	vite: 'node_modules/vite/bin/vite.js',
	vitest: 'node_modules/vitest/vitest.mjs'
};

const MESSAGES = 'src/lib/paraglide';
const BUILT_FROM = [
	'src',
	'static',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json',
	'package-lock.json'
];
// What the tools write beside the settings of the catalogue says nothing new.
const INLANG = ['README.md', '.gitignore', '.meta.json', 'cache'].map(
	(name) => `src/messages/project.inlang/${name}`
);
const NOT_BUILT = [MESSAGES, ...INLANG, 'src/launch', 'src/launch.cjs', 'src/server.ts', 'src/import.ts'];

/** Runs one step unless its inputs are those of the last time and its result is still there. */
async function once(node, { line, inputs, result, stampFile, args }) {
	if (existsSync(fromRoot(result)) && isStamped(stampFile, inputs)) return;
	ensureWritable();
	sayBefore(line);
	const { code, output } = await runNode(node, args, { quiet: true });
	if (code !== 0) throw new Refusal(`That failed:\n${output.trim()}`);
	stamp(stampFile, inputs);
}

/** Compiles the messages: also what runs unbuilt has words for people. */
export function ensureMessages(node) {
	return once(node, {
		line: 'Compiling the messages.',
		inputs: fingerprint(['src/messages', 'package-lock.json'], INLANG),
		result: `${MESSAGES}/messages.js`,
		stampFile: '.cache/messages',
		args: ['src/messages/compile.mjs']
	});
}

/** Generates what code is checked and tested against: the compiled messages and the types of the routes. */
export async function ensureGenerated(node) {
	await ensureMessages(node);
	await once(node, {
		line: 'Generating the types of the routes.',
		inputs: fingerprint(['src/routes', 'src/params', 'svelte.config.js', 'package-lock.json']),
		result: '.svelte-kit/tsconfig.json',
		stampFile: '.svelte-kit/stamp',
		args: [TOOLS.kit, 'sync']
	});
}

/** Builds the site unless it is built from these very sources. The stamp lies in the build: it goes when the build goes. */
export async function ensureBuilt(node) {
	await ensureMessages(node);
	await once(node, {
		line: 'Building.',
		inputs: fingerprint(BUILT_FROM, NOT_BUILT),
		result: 'build/handler.js',
		stampFile: 'build/stamp',
		args: [TOOLS.vite, 'build', '--logLevel', 'warn']
	});
}
