import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { TOOLS, ensureBuilt } from './build.mjs';
import { Refusal, fromRoot, readJson, say } from './project.mjs';
import { runNode } from './spawn.mjs';

/**
 * A check answers how many of what it looked at passed, failed, were skipped and were left to the nightly set, and what
 * it printed, unless it printed that itself. Of tests, which failed and why: they are said once more at the end, since
 * what came between may be thousands of lines.
 * @typedef {{ passed: number, failed: number, skipped: number, left?: number, output?: string, failures?: string[] }} Tally
 * @typedef {{ args: string[], nightly: boolean }} Asked What a tool is asked besides, and whether long tests run too.
 * @typedef {{ title: string, quiet: boolean, run: (node: string, asked: Asked) => Promise<Tally> }} Check
 */

const ONE_PASSED = { passed: 1, failed: 0, skipped: 0 };
const ONE_FAILED = { passed: 0, failed: 1, skipped: 0 };

/** A tool that says by its exit code whether all is well: one check, however much it looks at. */
function tool(title, ...command) {
	return {
		title,
		quiet: true,
		run: async (node, { args }) => {
			const { code, output } = await runNode(node, [...command, ...args], { quiet: true });
			return { ...(code === 0 ? ONE_PASSED : ONE_FAILED), output };
		}
	};
}

/** The long tests, which not every `npm test` waits for (vite.config.ts). */
const NIGHTLY = 'nightly';

/**
 * Without the long tests, and without a process for each file, which is a quarter of the time of those that have one: it
 * is the long ones that leave much behind in theirs.
 */
const SHORT = [`--tags-filter=!${NIGHTLY}`, '--no-isolate'];

/** The tests of one folder: each test counts, and so does each file that could not be read and each error outside a test. */
function tests(title, project, { built = false } = {}) {
	return {
		title,
		quiet: false,
		run: async (node, { args, nightly }) => {
			if (built) await ensureBuilt(node);
			const report = `.cache/tests/${project}.json`;
			mkdirSync(fromRoot('.cache/tests'), { recursive: true });
			rmSync(fromRoot(report), { force: true });
			const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
			const { code } = await runNode(node, [
				TOOLS.vitest,
				'run',
				'--project',
				project,
				...reporters,
				...(nightly ? [] : SHORT),
				...args
			]);
			return countTests(report, code, nightly);
		}
	};
}

function countTests(report, code, nightly) {
	let read;
	try {
		read = readJson(fromRoot(report));
	} catch {
		return ONE_FAILED;
	}
	const unread = read.testResults.filter(
		({ status, assertionResults }) =>
			status === 'failed' && !assertionResults.some((result) => result.status === 'failed')
	);
	const failed = read.numFailedTests + unread.length;
	const isLeft = ({ status, tags }) => !nightly && status === 'skipped' && tags.includes(NIGHTLY);
	const left = read.testResults.flatMap(({ assertionResults }) => assertionResults.filter(isLeft)).length;
	return {
		passed: read.numPassedTests,
		failed: code !== 0 && failed === 0 ? 1 : failed,
		skipped: read.numPendingTests + read.numTodoTests - left,
		left,
		failures: read.testResults.flatMap(describeFailures)
	};
}

/** Lines of a failure's message that are repeated: what was expected and what came, not the whole page. */
const MESSAGE_LINES = 12;

function describeFailures({ name, message, assertionResults }) {
	const file = relative(fromRoot('.'), name);
	const failed = assertionResults.filter(({ status }) => status === 'failed');
	if (failed.length === 0) return message ? [`${file}\n${beginning(message)}`] : [];
	return failed.map(
		({ fullName, failureMessages }) => `${file}: ${fullName}\n${beginning(failureMessages.join('\n'))}`
	);
}

const beginning = (message) => message.split('\n').slice(0, MESSAGE_LINES).join('\n');

async function build(node) {
	try {
		await ensureBuilt(node);
		return ONE_PASSED;
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return { ...ONE_FAILED, output: error.message };
	}
}

/** @type {Record<string, Check>} */
export const CHECKS = {
	format: tool('Format', TOOLS.prettier, '--check', '--log-level', 'warn', '.'),
	lint: tool('Lint', TOOLS.eslint, '--config', 'tests/support/lint/eslint.config.mjs', '--max-warnings', '0'),
	types: tool('Types', TOOLS.svelteCheck, '--tsconfig', './tsconfig.json', '--fail-on-warnings'),
	unused: tool('Unused code', TOOLS.knip),
	schema: tool('Database types', 'tests/support/schema-types.ts'),
	unit: tests('Unit tests', 'unit'),
	integration: tests('Integration tests', 'integration'),
	build: { title: 'Build', quiet: true, run: build },
	e2e: tests('Browser tests', 'e2e', { built: true })
};

const TEST = ['lint', 'types', 'unit', 'integration', 'build', 'e2e'];
const VERIFY = ['format', 'lint', 'types', 'unused', 'schema', 'unit', 'integration', 'build', 'e2e'];
export const SETS = { test: TEST, verify: VERIFY };

/** What one check is asked by the words after its name: all its tests run. */
export const askedOfOne = (args) => ({ args, nightly: true });

/** What a set of checks is asked: without `--nightly` the long tests are left out. */
export function askedOfSet(args) {
	const other = args.find((argument) => argument !== '--nightly');
	if (other !== undefined)
		throw new Refusal(`All checks together take no "${other}", only --nightly. Name one check to say more.`);
	return { args: [], nightly: args.length > 0 };
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

function describe({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * Runs the named checks to the end, whatever fails, and says how each went. Static ones run beside each other.
 * The last line is the sum, alone. Answers the exit code.
 */
export async function runChecks(node, names, asked) {
	const sum = { passed: 0, failed: 0, skipped: 0, left: 0 };
	const failures = [];
	const failedTests = [];
	const finish = (name, tally, started) => {
		for (const key of Object.keys(sum)) sum[key] += tally[key] ?? 0;
		if (tally.failed > 0) failures.push(CHECKS[name].title);
		failedTests.push(...(tally.failures ?? []));
		if (tally.output && tally.failed > 0) console.log(`\n${tally.output.trimEnd()}\n`);
		say(`${CHECKS[name].title}: ${describe(tally)} (${seconds(started)})`);
	};
	const run = async (name) => {
		const started = performance.now();
		say(`${CHECKS[name].title} ...`);
		finish(name, await CHECKS[name].run(node, asked), started);
	};

	for (let i = 0; i < names.length;) {
		const group = [];
		while (i < names.length && CHECKS[names[i]].quiet) group.push(names[i++]);
		await inParallel(group, availableParallelism() > 1 ? 2 : 1, run);
		if (i < names.length) await run(names[i++]);
	}

	say('');
	if (sum.left > 0) say(`${sum.left} long tests are left to the nightly set: npm test -- --nightly`);
	for (const failed of failedTests) say(`${failed}\n`);
	if (failures.length > 0) say(`Failed: ${failures.join(', ')}`);
	say(describe(sum));
	return sum.failed > 0 ? 1 : 0;
}

async function inParallel(items, width, work) {
	const queue = [...items];
	const next = async () => {
		for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
	};
	await Promise.all(Array.from({ length: width }, next));
}
