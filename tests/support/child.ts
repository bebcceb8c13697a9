import { spawn } from 'node:child_process';

/** A program of the tests in a process of its own. */
export type Child = {
	pid: number;
	/** All that it printed so far, line by line. */
	lines: string[];
	/** Resolves with the first line that matches. Throws with all it printed when it ends without one. */
	line(pattern: RegExp): Promise<string>;
	/** Tells it that its work is done. */
	finish(): void;
	kill(): void;
	ended: Promise<{ code: number | null; lines: string[] }>;
};

/** Runs a TypeScript file with Node; its input stays open until `finish`, so that it also ends when the test run does. */
export function startChild(
	file: string,
	args: readonly string[] = [],
	environment: Record<string, string> = {}
): Child {
	const { NODE_OPTIONS: _options, ...inherited } = process.env;
	const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], {
		env: { ...inherited, ...environment },
		stdio: ['pipe', 'pipe', 'pipe']
	});
	const lines: string[] = [];
	const waiting = new Set<() => void>();
	const wake = () => waiting.forEach((check) => check());
	for (const stream of [child.stdout, child.stderr]) {
		let rest = '';
		stream.setEncoding('utf8').on('data', (text: string) => {
			const pieces = (rest + text).split('\n');
			rest = pieces.pop()!;
			lines.push(...pieces);
			wake();
		});
	}
	// Writing to a child that was killed is no error here.
	child.stdin.on('error', () => {});
	let over = false;
	const ended = new Promise<{ code: number | null; lines: string[] }>((resolve) =>
		child.once('close', (code) => {
			over = true;
			wake();
			resolve({ code, lines });
		})
	);
	return {
		pid: child.pid!,
		lines,
		ended,
		line: (pattern) =>
			new Promise((resolve, reject) => {
				const check = () => {
					const found = lines.find((line) => pattern.test(line));
					if (found === undefined && !over) return;
					waiting.delete(check);
					if (found !== undefined) resolve(found);
					else reject(new Error(`${file} ended without ${pattern}:\n${lines.join('\n')}`));
				};
				waiting.add(check);
				check();
			}),
		finish: () => child.stdin.end(),
		kill: () => void child.kill('SIGKILL')
	};
}
