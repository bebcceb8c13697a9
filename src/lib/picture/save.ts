import { composePicture } from './compose.ts';
import { rasterise } from './rasterise.ts';

/** Saves the chart or map that a button stands in, in the format that the button names. The picture is always the light one. */
export async function savePicture(button: HTMLButtonElement): Promise<void> {
	const figure = button.closest('figure')!;
	const picture = composePicture(figure);
	const svg = new XMLSerializer().serializeToString(picture);
	const blob =
		button.dataset.picture === 'png' ? await rasterise(svg, picture) : new Blob([svg], { type: SVG });
	download(blob, `${nameOf(figure)}.${button.dataset.picture}`);
}

const SVG = 'image/svg+xml';

/** Invented data is known by its file's name, too. */
function nameOf(figure: HTMLElement): string {
	const page = location.pathname.split('/').filter(Boolean).join('-');
	const name = [page, figure.id]
		.filter(Boolean)
		.join('-')
		.replaceAll(/[^\w-]+/g, '-');
	return figure.classList.contains('invented') ? `DEMONSTRATION-${name}` : name;
}

function download(blob: Blob, name: string): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(blob);
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
