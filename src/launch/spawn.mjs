import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { ROOT } from './project.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The environment of everything that is started: `node` and npm's own variables mean the chosen Node. */
function environmentFor(node, extra) {
	const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	return {
		...process.env,
		[pathName]: `${dirname(node)}${delimiter}${process.env[pathName] ?? ''}`,
		NODE: node,
		npm_node_execpath: node,
		...extra
	};
}

/** npm starts scripts in a shell, which dies of a signal without passing it on: its death is the signal then. */
function whenAbandoned(act) {
	if (!process.env.npm_lifecycle_event) return undefined;
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		act();
	}, 250);
	return watch;
}

/**
 * Runs a JavaScript file with the chosen Node and waits for it. Signals are passed on.
 * With `quiet` its output is kept and given back instead of shown.
 * @returns {Promise<{ code: number, output: string }>} code 128 + n when signal n ended it
 */
export function runNode(node, args, { quiet = false, env = {} } = {}) {
	return new Promise((resolve, reject) => {
		// The channel lets a server notice that its launcher was killed, so that none stays behind.
		const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
			cwd: ROOT,
			env: environmentFor(node, env),
			stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['inherit', 'inherit', 'inherit', 'ipc']
		});
		const output = [];
		child.stdout?.on('data', (piece) => output.push(piece));
		child.stderr?.on('data', (piece) => output.push(piece));

		const forwards = SIGNALS.map((signal) => {
			const forward = () => child.kill(signal);
			process.on(signal, forward);
			return () => process.off(signal, forward);
		});
		const watch = whenAbandoned(() => child.kill('SIGTERM'));
		child.on('error', reject);
		child.on('close', (code, signal) => {
			for (const remove of forwards) remove();
			clearInterval(watch);
			resolve({
				code: code ?? 128 + (constants.signals[signal] ?? 0),
				output: Buffer.concat(output).toString()
			});
		});
	});
}
