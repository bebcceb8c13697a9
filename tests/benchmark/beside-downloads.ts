import { percentile } from './report.ts';

const DOWNLOADS = 10;
const ROUNDS = 20;
const PAGES = [
	'/countries?portfolio=all',
	'/transactions?portfolio=all',
	'/organisations?portfolio=all',
	'/about'
];
const DOWNLOAD = '/transactions.csv?portfolio=all&measure=spent';

/** How long pages take that are drawn anew while ten downloads of everything are written at once, beside how long alone. */
export async function measureBesideDownloads(address: string): Promise<void> {
	console.log(`\nPages while ${DOWNLOADS} downloads are written at once, the same books; aim: within 2x`);
	const alone = await timePages(address);
	const leave = new AbortController();
	const taken = { bytes: 0 };
	const downloads = Array.from({ length: DOWNLOADS }, () => read(address + DOWNLOAD, leave.signal, taken));
	const beside = await timePages(address).finally(() => leave.abort());
	await Promise.all(downloads);
	for (const [path, times] of beside) {
		const [before, now] = [alone.get(path)!, times].map((all) => percentile(all, 50));
		const ratio = now! / before!;
		console.log(
			`${path.padEnd(42)}${before!.toFixed(0).padStart(8)} ms alone${now!.toFixed(0).padStart(8)} ms beside${ratio.toFixed(2).padStart(8)}x${ratio > 2 ? '  MISSED' : ''}`
		);
	}
	console.log(`${(taken.bytes / 1e6).toFixed(1)} MB were taken meanwhile`);
}

async function timePages(address: string): Promise<Map<string, number[]>> {
	const times = new Map<string, number[]>(PAGES.map((path) => [path, []]));
	for (let round = -1; round < ROUNDS; round++) {
		for (const path of PAGES) {
			const start = performance.now();
			const response = await fetch(address + path);
			await response.text();
			if (response.status !== 200) throw new Error(`${path} answers ${response.status}`);
			if (round >= 0) times.get(path)!.push(performance.now() - start);
		}
	}
	return times;
}

/** Takes a download as fast as it comes, until it is enough. */
async function read(url: string, signal: AbortSignal, taken: { bytes: number }): Promise<void> {
	try {
		while (!signal.aborted) {
			const response = await fetch(url, { signal });
			if (response.status !== 200) throw new Error(`${url} answers ${response.status}`);
			for await (const chunk of response.body!) taken.bytes += chunk.length;
		}
	} catch (error) {
		if (!signal.aborted) throw error;
	}
}
