import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

/** A browser's program and what its environment needs for it to run. */
type ChromiumProgram = { path: string; environment: Record<string, string>; origin: string };

const NAMES = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'chrome',
	'microsoft-edge'
];
const APPLICATIONS = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
];

/** No sandbox, because tests also run as root; nothing that goes out to the network by itself. */
const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

function findInstalled(): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	return [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...APPLICATIONS].find(
		isProgram
	);
}

const PACKAGED = resolve('node_modules', '.cache', 'chromium');

/**
 * Chromium from the package `@sparticuz/chromium` (Linux x64), unpacked once. In a process of its own: as it is loaded the
 * package reads the variable that makes it unpack its libraries too, and the folder it unpacks to.
 */
function unpackPackaged(): ChromiumProgram | null {
	if (process.platform !== 'linux' || process.arch !== 'x64') return null;
	if (!existsSync(PACKAGED)) {
		const incoming = `${PACKAGED}.${process.pid}`;
		mkdirSync(incoming, { recursive: true });
		const script = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
		const unpacked = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
			env: { ...process.env, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x', TMPDIR: incoming }
		});
		// Only a whole one may stand there: a later run would take it as it is.
		if (unpacked.status === 0 && !existsSync(PACKAGED)) renameSync(incoming, PACKAGED);
		rmSync(incoming, { recursive: true, force: true });
	}
	const path = join(PACKAGED, 'chromium');
	if (!isProgram(path)) return null;
	nameFonts(join(PACKAGED, 'fonts'));
	const libraries = [join(PACKAGED, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
	return {
		path,
		environment: { LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(PACKAGED, 'fonts') },
		origin: 'the package @sparticuz/chromium'
	};
}

/** The package's own list of folders names `/tmp/fonts`: with no font at all Chromium ends as it draws the first letter. */
function nameFonts(folder: string): void {
	const conf = join(folder, 'fonts.conf');
	const folders = `<dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'cache')}</cachedir>`;
	// In one step: another run may be reading it.
	writeFileSync(
		`${conf}.${process.pid}`,
		`<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>${folders}</fontconfig>\n`
	);
	renameSync(`${conf}.${process.pid}`, conf);
}

/**
 * Finds a Chromium: `CHROME_PATH`, one that is installed, the one in the package, the one of `playwright install`.
 * @throws when there is none, with what to do
 */
function findChromium(): ChromiumProgram {
	const named = process.env.CHROME_PATH;
	if (named) {
		if (!isProgram(named)) throw new Error(`CHROME_PATH is ${named}, which is not a program that can be run`);
		return { path: named, environment: {}, origin: 'CHROME_PATH' };
	}
	const installed = findInstalled();
	if (installed) return { path: installed, environment: {}, origin: 'this machine' };
	const packaged = unpackPackaged();
	if (packaged) return packaged;
	const downloaded = chromium.executablePath();
	if (existsSync(downloaded)) return { path: downloaded, environment: {}, origin: 'playwright install' };
	throw new Error('no Chromium was found: set CHROME_PATH, or run `npx playwright-core install chromium`');
}

/**
 * How a Chromium is launched, or one that serves several.
 * @throws when there is none, with what to do
 */
export function chromiumOptions(): { executablePath: string; args: string[]; env: Record<string, string> } {
	const { path, environment } = findChromium();
	return {
		executablePath: path,
		args: [...ARGUMENTS],
		env: { ...(process.env as Record<string, string>), ...environment }
	};
}
