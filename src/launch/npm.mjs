import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Refusal, ensureWritable, fromRoot, readJson, sayBefore } from './project.mjs';
import { runNode } from './spawn.mjs';

/** npm's own JavaScript file, so that it can be run with the chosen Node: npm names it to its scripts, else it is looked for. */
function npmProgram() {
	const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	const candidates = [
		process.env.npm_execpath,
		...folders.map((folder) => join(folder, 'npm')),
		...[...folders, dirname(process.execPath)].map((folder) =>
			join(folder, 'node_modules/npm/bin/npm-cli.js')
		),
		join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js')
	];
	for (const candidate of candidates) {
		if (!candidate || !existsSync(candidate)) continue;
		const program = realpathSync(candidate);
		if (program.endsWith('npm-cli.js')) return program;
	}
	throw new Refusal('npm was not found: start this through npm, for example with `npm start`.');
}

/** Runs npm quietly; no package of this project needs its install script, so none is run. */
export function runNpm(node, args) {
	const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
	return runNode(node, [npmProgram(), ...args, ...quiet], { quiet: true });
}

/** npm's reason stands at the top of what it prints; its usage and options follow. */
export function beginningOf(output) {
	return output.trim().split('\n').slice(0, 12).join('\n');
}

function fits(allowed, value) {
	return (
		!allowed || allowed.includes(value) || allowed.some((item) => item[0] === '!' && item !== `!${value}`)
	);
}

/** Whether node_modules holds, for this machine, what package-lock.json says: by the list npm leaves after an install. */
function isInstalled() {
	const installedList = fromRoot('node_modules/.package-lock.json');
	if (!existsSync(installedList)) return false;
	const { packages } = readJson(fromRoot('package-lock.json'));
	const { packages: installed } = readJson(installedList);
	const asked = readJson(fromRoot('package.json'));
	for (const field of ['dependencies', 'devDependencies']) {
		if (JSON.stringify(asked[field] ?? {}) !== JSON.stringify(packages[''][field] ?? {})) return false;
	}
	return Object.entries(packages).every(([path, { version, optional, os, cpu }]) => {
		if (path === '') return true;
		// Optional packages are builds for other machines; one that is here must be for this machine.
		if (!installed[path]) return optional === true;
		return installed[path].version === version && fits(os, process.platform) && fits(cpu, process.arch);
	});
}

/** Installs the packages of package-lock.json if they are not there already. */
export async function ensureInstalled(node) {
	if (isInstalled()) return;
	ensureWritable();
	sayBefore('Installing the packages of package-lock.json.');
	const { code, output } = await runNpm(node, ['ci']);
	if (code !== 0) throw new Refusal(`The packages could not be installed. npm says:\n${beginningOf(output)}`);
}
