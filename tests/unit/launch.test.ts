import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

function launch(nodeVersion: string, ...args: string[]) {
	const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${nodeVersion}' } });`;
	const script = `${pretend} process.argv.splice(1, 0, 'launch.cjs'); require('./src/launch.cjs');`;
	const { status, stdout, stderr } = spawnSync(process.execPath, ['--eval', script, '--', ...args], {
		encoding: 'utf8'
	});
	return { status, lines: (stdout + stderr).trim().split('\n') };
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
});
