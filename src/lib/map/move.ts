import { isWhole, moved, showing, within, zoomed, type Bounds } from './map-view.ts';
import type { View } from './region-view.ts';

/** What the buttons beside a map do. */
export type Move = 'in' | 'out' | 'whole' | 'left' | 'right' | 'up' | 'down';

const STEP = 0.25;
const FACTOR = 1.6;
/** Below so many pixels a press is a click and no drag. */
const SLACK = 5;
const DURATION = 180;

type Pointer = { x: number; y: number };

/** Zooms and moves a drawing by its view box: mouse, wheel with Ctrl, fingers, keys, and {@link Move} by buttons. */
export class MapMover {
	readonly #svg: SVGSVGElement;
	readonly #bounds: Bounds;
	#view: View;
	#frame = 0;
	readonly #pointers = new Map<number, Pointer>();
	#dragged = false;
	/** The word that invented data never goes without, and where in the view it stands, as shares of it. */
	readonly #mark: SVGTextElement | null;
	readonly #markAt: Pointer;

	constructor(svg: SVGSVGElement) {
		this.#svg = svg;
		const [width, height] = svg.dataset.whole!.split(' ').map(Number) as [number, number];
		const shown = svg.viewBox.baseVal;
		this.#view = { x: shown.x, y: shown.y, width: shown.width, height: shown.height };
		this.#bounds = { width, height, base: baseOf(svg, width, height) };
		this.#mark = svg.querySelector('.watermark');
		const seen = svg.classList.contains('zoomed') ? this.#view : this.#bounds.base;
		this.#markAt = {
			x: (Number(this.#mark?.getAttribute('x')) - seen.x) / seen.width,
			y: (Number(this.#mark?.getAttribute('y')) - seen.y) / seen.height
		};
		this.#listen();
	}

	/** Does what a button says. */
	go(move: Move): void {
		const [bounds, view] = [this.#bounds, this.#view];
		const next: Record<Move, () => View> = {
			in: () => zoomed(bounds, view, FACTOR),
			out: () => zoomed(bounds, view, 1 / FACTOR),
			whole: () => bounds.base,
			left: () => moved(bounds, view, -STEP, 0),
			right: () => moved(bounds, view, STEP, 0),
			up: () => moved(bounds, view, 0, -STEP),
			down: () => moved(bounds, view, 0, STEP)
		};
		this.#glide(next[move]());
	}

	/** Brings a place of the drawing into view, as when the keyboard reaches it. */
	reveal(place: Pointer): void {
		const next = showing(this.#bounds, this.#view, place);
		if (next !== this.#view) this.#glide(next);
	}

	#listen(): void {
		const svg = this.#svg;
		svg.addEventListener('wheel', (event) => this.#turn(event), { passive: false });
		svg.addEventListener('pointerdown', (event) => this.#press(event));
		svg.addEventListener('pointermove', (event) => this.#drag(event));
		for (const type of ['pointerup', 'pointercancel'] as const)
			svg.addEventListener(type, (event) => this.#release(event));
		// The end of a drag is no click on the country beneath it, and a link is not dragged away.
		svg.addEventListener('click', (event) => this.#dragged && event.preventDefault(), true);
		svg.addEventListener('dragstart', (event) => event.preventDefault());
		svg.addEventListener('dblclick', (event) => {
			if ((event.target as Element).closest('a')) return;
			this.#glide(zoomed(this.#bounds, this.#view, FACTOR, this.#at(event.clientX, event.clientY)));
		});
		svg.addEventListener('keydown', (event) => this.#key(event));
	}

	/** Without Ctrl the wheel scrolls the page: a map that takes it is a trap. */
	#turn(event: WheelEvent): void {
		if (!event.ctrlKey && !event.metaKey) return;
		event.preventDefault();
		this.#stop();
		const factor = Math.exp(-Math.max(-80, Math.min(80, event.deltaY)) / 150);
		this.#show(zoomed(this.#bounds, this.#view, factor, this.#at(event.clientX, event.clientY)));
	}

	#press({ pointerId, clientX, clientY }: PointerEvent): void {
		this.#stop();
		if (this.#pointers.size === 0) this.#dragged = false;
		this.#pointers.set(pointerId, { x: clientX, y: clientY });
	}

	#drag(event: PointerEvent): void {
		const before = this.#pointers.get(event.pointerId);
		if (!before) return;
		// The button was let go where this drawing did not hear it.
		if (event.buttons === 0) return this.#release(event);
		const now = { x: event.clientX, y: event.clientY };
		const isFirst = !this.#dragged;
		if (isFirst && Math.hypot(now.x - before.x, now.y - before.y) < SLACK) return;
		const others = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
		const [other] = others;
		if (!other && isWhole(this.#bounds, this.#view)) return;
		this.#dragged = true;
		this.#svg.classList.add('moving');
		if (isFirst) this.#svg.setPointerCapture(event.pointerId);
		this.#pointers.set(event.pointerId, now);
		const [from, to] = [this.#at(middle(before, other).x, middle(before, other).y), middle(now, other)];
		const factor = other ? distance(now, other) / Math.max(1, distance(before, other)) : 1;
		const scaled = zoomed(this.#bounds, this.#view, factor, from);
		const pixel = scaled.width / this.#svg.getBoundingClientRect().width;
		const shift = middle(before, other);
		this.#show(
			within(this.#bounds, {
				...scaled,
				x: scaled.x - (to.x - shift.x) * pixel,
				y: scaled.y - (to.y - shift.y) * pixel
			})
		);
	}

	#release({ pointerId }: PointerEvent): void {
		this.#pointers.delete(pointerId);
		if (this.#pointers.size > 0) return;
		this.#svg.classList.remove('moving');
		// After the click that ends the drag, and before any other.
		setTimeout(() => (this.#dragged = false));
	}

	#key(event: KeyboardEvent): void {
		const moves: Record<string, Move> = { '+': 'in', '=': 'in', '-': 'out', '0': 'whole' };
		const shifted: Record<string, Move> = {
			ArrowLeft: 'left',
			ArrowRight: 'right',
			ArrowUp: 'up',
			ArrowDown: 'down'
		};
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const move = event.shiftKey ? (shifted[event.key] ?? moves[event.key]) : moves[event.key];
		if (!move) return;
		event.preventDefault();
		this.go(move);
	}

	/** A place on the screen in units of the drawing. */
	#at(clientX: number, clientY: number): Pointer {
		const box = this.#svg.getBoundingClientRect();
		const view = this.#view;
		return {
			x: view.x + ((clientX - box.left) / box.width) * view.width,
			y: view.y + ((clientY - box.top) / box.height) * view.height
		};
	}

	/** A map that is taken hold of does not glide on. */
	#stop(): void {
		cancelAnimationFrame(this.#frame);
	}

	#glide(to: View): void {
		this.#stop();
		if (matchMedia('(prefers-reduced-motion: reduce)').matches) return this.#show(to);
		const from = this.#view;
		let begun: number | null = null;
		const step = (time: number) => {
			begun ??= time;
			const part = Math.min(1, (time - begun) / DURATION);
			const eased = 1 - (1 - part) ** 3;
			const between = (a: number, b: number) => a + (b - a) * eased;
			this.#show({
				x: between(from.x, to.x),
				y: between(from.y, to.y),
				width: between(from.width, to.width),
				height: between(from.height, to.height)
			});
			if (part < 1) this.#frame = requestAnimationFrame(step);
		};
		this.#frame = requestAnimationFrame(step);
	}

	#show(view: View): void {
		this.#view = view;
		const whole = isWhole(this.#bounds, view);
		const svg = this.#svg;
		svg.setAttribute('viewBox', [view.x, view.y, view.width, view.height].map(round).join(' '));
		this.#mark?.setAttribute('x', String(round(view.x + view.width * this.#markAt.x)));
		this.#mark?.setAttribute('y', String(round(view.y + view.height * this.#markAt.y)));
		svg.style.setProperty('--zoom', String(round(this.#bounds.width / view.width)));
		svg.classList.add('zoomed');
		svg.toggleAttribute('data-still', whole);
	}
}

/** What a map shows before anything is zoomed: all of it, or on a narrow screen the part that the style sheet leaves. */
function baseOf(svg: SVGSVGElement, width: number, height: number): View {
	const whole = { x: 0, y: 0, width, height };
	const wide = svg.getBoundingClientRect().width;
	const window = svg.parentElement!.getBoundingClientRect().width;
	if (svg.classList.contains('zoomed') || wide <= window + 1) return whole;
	const share = window / wide;
	const start = Number.parseFloat(svg.style.getPropertyValue('--crop-start')) || 0;
	return { x: start * width, y: 0, width: share * width, height };
}

const round = (value: number) => Math.round(value * 1000) / 1000;
const middle = (a: Pointer, b: Pointer | undefined): Pointer =>
	b ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } : a;
const distance = (a: Pointer, b: Pointer) => Math.hypot(a.x - b.x, a.y - b.y);
