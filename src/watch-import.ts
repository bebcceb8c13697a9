import { describeProgress, type ProgressTold, type ProgressWords } from '#lib/words/progress.ts';

const EVERY_MILLISECONDS = 1000;

/** What the desk answers: how far the work is as long as there is some, else the import's state. */
type Report = { state?: string; progress: ProgressTold | null };

/** Keeps a page that waits for an import up to date, and loads it anew when the work has ended. */
export function watchImport(element: HTMLElement): void {
	const { watchImport: importId, state, words: written } = element.dataset;
	const words = JSON.parse(written!) as ProgressWords;
	const bar = element.querySelector('progress')!;
	const label = element.querySelector('label')!;
	const rest = element.querySelector('span')!;
	const show = (progress: ProgressTold | null) => {
		const described = describeProgress(progress, words);
		label.textContent = described.phase;
		rest.textContent = described.rest;
		if (progress?.total) {
			bar.max = progress.total;
			bar.value = progress.done;
		} else bar.removeAttribute('value');
	};
	// One question at a time: a slow answer followed by another would load the page twice, the second time under the reader's
	// next step.
	const look = () =>
		fetch(`/sources/imports/${importId!}`, { headers: { accept: 'application/json' } })
			.then((response) => (response.ok ? (response.json() as Promise<Report>) : null))
			.then((report) => {
				if (report?.progress === null && report.state !== state) return location.reload();
				if (report) show(report.progress);
				wait();
			})
			// The server is away for a moment, or starting again: the next look tells.
			.catch(wait);
	const wait = () => void setTimeout(() => void look(), EVERY_MILLISECONDS);
	wait();
}
