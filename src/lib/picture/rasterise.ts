/** Twice the size: sharp on paper and on dense screens. */
const SCALE = 2;

/** A drawing's markup as PNG. */
export async function rasterise(svg: string, { width, height }: SVGSVGElement): Promise<Blob> {
	const image = new Image();
	image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
	await image.decode();
	const canvas = document.createElement('canvas');
	canvas.width = width.baseVal.value * SCALE;
	canvas.height = height.baseVal.value * SCALE;
	canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
	return new Promise((resolve, reject) => {
		canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))));
	});
}
