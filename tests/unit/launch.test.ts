import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const NOBODY = 65534;

function launch(nodeVersion: string, ...args: string[]) {
	return launchIn({}, nodeVersion, ...args);
}

function launchIn(place: { cwd?: string; uid?: number }, nodeVersion: string, ...args: string[]) {
	const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${nodeVersion}' } });`;
	const script = `${pretend} process.argv.splice(1, 0, 'launch.cjs'); require('./src/launch.cjs');`;
	const { status, stdout, stderr } = spawnSync(process.execPath, ['--eval', script, '--', ...args], {
		encoding: 'utf8',
		...place
	});
	return { status, stdout, lines: (stdout + stderr).trim().split('\n') };
}

describe('the launcher', () => {
	it('refuses a Node too old even for itself, in one line', () => {
		const { status, lines } = launch('16.20.2', 'start');
		expect(status).toBe(1);
		expect(lines).toEqual([
			'Node 16.20.2 is too old even to fetch a newer one: install Node 20 or later from nodejs.org.'
		]);
	});

	it('refuses a command it does not know, in one line that names those it does', () => {
		const { status, lines } = launch(process.versions.node, 'strat');
		expect(status).toBe(1);
		expect(lines).toHaveLength(1);
		expect(lines[0]).toMatch(/^There is no command "strat"\. There are: start, .*\btest\b.*\.$/);
	});

	it.each(['test', 'verify'])(
		'refuses what %s, all checks together, does not take, in one line',
		(command) => {
			const { status, lines } = launch(process.versions.node, command, '--nightly', 'money');
			expect(status).toBe(1);
			expect(lines).toEqual([
				'All checks together take no "money", only --nightly. Name one check to say more.'
			]);
		}
	);

	it.skipIf(process.platform === 'win32')('refuses a folder that it cannot write, in one line', () => {
		const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dashboard-launch-')));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		for (const path of ['package.json', 'package-lock.json', 'src/launch.cjs', 'src/launch'])
			cpSync(path, join(folder, path), { recursive: true });
		// The owner of everything may write everywhere: it becomes one who may not.
		const isRoot = process.getuid!() === 0;
		chmodSync(folder, 0o555);
		const { status, lines } = launchIn(
			{ cwd: folder, ...(isRoot ? { uid: NOBODY } : {}) },
			process.versions.node,
			'start'
		);
		chmodSync(folder, 0o755);
		expect(status).toBe(1);
		expect(lines).toEqual([
			`The folder of the project cannot be written (EACCES): ${folder}. Put it where this user may write.`
		]);
	});

	it(
		'runs a command on a project where nothing was generated yet, and keeps its output to itself',
		{ timeout: 120_000 },
		() => {
			const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dashboard-launch-')));
			onTestFinished(() => rmSync(folder, { recursive: true }));
			const generated = join('src', 'lib', 'paraglide');
			for (const path of ['package.json', 'package-lock.json', 'tsconfig.json', 'src', 'db'])
				cpSync(path, join(folder, path), { recursive: true, filter: (from) => !from.startsWith(generated) });
			symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'), 'junction');
			const { status, stdout, lines } = launchIn(
				{ cwd: folder },
				process.versions.node,
				'import',
				'missing.xml',
				'--json'
			);
			expect(status).toBe(1);
			expect(lines).toEqual([
				'Compiling the messages.',
				expect.stringMatching(/^Cannot import: .*missing\.xml/)
			]);
			expect(stdout).toBe('');
		}
	);
});
