import { existsSync } from 'node:fs';
import { TOOLS, ensureBuilt, ensureGenerated, ensureMessages } from './build.mjs';
import { CHECKS, SETS, askedOfOne, askedOfSet, runChecks } from './checks.mjs';
import { chooseNode } from './node.mjs';
import { ensureInstalled } from './npm.mjs';
import { Refusal, fromRoot } from './project.mjs';
import { runNode } from './spawn.mjs';

/** Settings of this installation, if there are any. What the shell says goes before them. */
const ENVIRONMENT_FILE = existsSync(fromRoot('.env')) ? ['--env-file=.env'] : [];

/** Runs a program in the foreground; its exit code becomes ours. */
const foreground = async (node, ...args) => (await runNode(node, args)).code;

const COMMANDS = {
	async start(node, args) {
		await ensureBuilt(node);
		// What was compiled once need not be again: a second start is half a second sooner.
		const env = { NODE_COMPILE_CACHE: fromRoot('.cache', 'node') };
		return (await runNode(node, [...ENVIRONMENT_FILE, 'src/server.ts', ...args], { env })).code;
	},
	async build(node) {
		await ensureBuilt(node);
		return 0;
	},
	async generate(node) {
		await ensureGenerated(node);
		return 0;
	},
	dev: (node, args) => foreground(node, ...ENVIRONMENT_FILE, TOOLS.vite, 'dev', ...args),
	async db(node, args) {
		await ensureMessages(node);
		return foreground(node, ...ENVIRONMENT_FILE, 'db/command.ts', ...args);
	},
	async import(node, args) {
		await ensureMessages(node);
		return foreground(node, ...ENVIRONMENT_FILE, 'src/import.ts', ...args);
	},
	bench: (node, args) => foreground(node, 'tests/benchmark/run.ts', ...args),
	async gallery(node, args) {
		if (!args.some((argument) => /^https?:/.test(argument))) await ensureBuilt(node);
		return foreground(node, 'tests/gallery/run.ts', ...args);
	},
	tidy: (node, args) =>
		foreground(node, TOOLS.prettier, '--write', '--log-level', 'warn', ...(args.length ? args : ['.'])),
	schema: (node, args) => foreground(node, 'tests/support/schema-types.ts', ...args)
};

const WITHOUT_GENERATED = new Set(['start', 'build', 'db', 'import', 'tidy', 'format']);

async function perform(command, args) {
	const checks = SETS[command] ?? (CHECKS[command] && !COMMANDS[command] ? [command] : null);
	if (!checks && !COMMANDS[command]) {
		const known = [...Object.keys(COMMANDS), ...Object.keys(SETS), ...Object.keys(CHECKS)];
		throw new Refusal(
			`There is no command "${command ?? ''}". There are: ${[...new Set(known)].join(', ')}.`
		);
	}
	const asked = SETS[command] ? askedOfSet(args) : askedOfOne(args);
	const node = await chooseNode();
	await ensureInstalled(node);
	if (!WITHOUT_GENERATED.has(command)) await ensureGenerated(node);
	return checks ? runChecks(node, checks, asked) : COMMANDS[command](node, args);
}

/** Performs one command of package.json and ends the process with its exit code. */
export async function run(command, args) {
	try {
		process.exitCode = await perform(command, args);
	} catch (error) {
		console.error(error instanceof Refusal ? error.message : error);
		process.exitCode = 1;
	}
}
