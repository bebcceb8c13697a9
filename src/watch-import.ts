const EVERY_MILLISECONDS = 1000;

type Report = { state: string; progress: { phase: string; done: number; total: number | null } | null };

/** Keeps a page that waits for an import up to date, and loads it anew when the work has ended. */
export function watchImport(element: HTMLElement): void {
	const bar = element.querySelector('progress')!;
	const state = element.dataset.state!;
	const timer = setInterval(() => {
		fetch(`/sources/imports/${element.dataset.watchImport!}`, { headers: { accept: 'application/json' } })
			.then((response) => (response.ok ? (response.json() as Promise<Report>) : null))
			.then((report) => {
				if (!report) return;
				if (report.state !== state) {
					clearInterval(timer);
					location.reload();
				} else if (report.progress?.total) {
					bar.max = report.progress.total;
					bar.value = report.progress.done;
				}
			})
			// The server is away for a moment, or starting again: the next look tells.
			.catch(() => {});
	}, EVERY_MILLISECONDS);
}
