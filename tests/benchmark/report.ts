import { cpus, loadavg } from 'node:os';

/** One measured line: milliseconds, and the aim at the 95th percentile where there is one. */
export type Line = { where: string; name: string; p50: number; p95: number; aim: number | null };

export function percentile(times: readonly number[], percent: number): number {
	const sorted = [...times].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)]!;
}

export function printHead(): void {
	console.log(
		`Benchmark on ${cpus().length} cores (${cpus()[0]?.model}), Node ${process.version}, load ${loadavg()[0]!.toFixed(2)}`
	);
}

export function printLines(title: string, lines: readonly Line[]): void {
	console.log(`\n${title}`);
	console.log(
		`${'query'.padEnd(52)}${'p50 ms'.padStart(10)}${'p95 ms'.padStart(10)}${'aim p95'.padStart(10)}`
	);
	for (const { name, p50, p95, aim } of lines) {
		const verdict = aim === null ? '' : p95 <= aim ? '  reached' : '  MISSED';
		console.log(
			`${name.padEnd(52)}${p50.toFixed(1).padStart(10)}${p95.toFixed(1).padStart(10)}${(aim === null ? '' : `<= ${aim}`).padStart(10)}${verdict}`
		);
	}
}

/** How each query without `asof` grew from one size to a larger one, beside the aim of less than 1.5. */
export function printGrowth(small: readonly Line[], large: readonly Line[]): void {
	console.log('\nGrowth of p50 from 1 million to 10 million entries (aim: below 1.5)');
	for (const line of large) {
		if (line.aim === null || line.name.includes('as of')) continue;
		const before = small.find(({ name }) => name === line.name);
		if (before) console.log(`${line.name.padEnd(52)}${(line.p50 / before.p50).toFixed(2).padStart(10)}`);
	}
}
