import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { listDisclaimers } from '#lib/map/disclaimer.ts';
import { localGeometry, type LocalGeometry } from '#lib/map/local.ts';
import { placeMarkers } from '#lib/map/places.ts';
import { simplifyLine, writePath, type Point } from '#lib/map/simplify.ts';
import { lineStyle, UNDETERMINED, worldGeometry, type World, type WorldTopology } from '#lib/map/world.ts';
import { iso2To3 } from '#lib/words/country.ts';

const PROGRAMME = ['BR', 'BY', 'CO', 'EG', 'KG', 'LA', 'MA', 'ML', 'NE', 'NP', 'PK', 'UA', 'ZA'];
const PATH = /^(M-?\d+,-?\d+(l-?\d+[ -]\d+([ -]\d+[ -]\d+)*)?z?)+$/;

let topology: WorldTopology;
let world: World;
beforeAll(() => {
	topology = JSON.parse(readFileSync('static/geo/un-world-50m.topo.json', 'utf8')) as WorldTopology;
	world = worldGeometry(topology);
});

describe('the world', () => {
	it('draws every area and every line as a valid path of whole numbers', () => {
		expect(world.areas).toHaveLength(249);
		for (const area of world.areas) expect(area.d, area.code).toMatch(PATH);
		expect(world.land).toMatch(PATH);
		for (const line of world.lines) expect(line.d).toMatch(PATH);
	});

	it('keeps every area inside the drawing', () => {
		for (const { bounds, code } of world.areas) {
			expect(Math.min(bounds[0], bounds[1]), code).toBeGreaterThanOrEqual(0);
			expect(bounds[2], code).toBeLessThanOrEqual(world.width);
			expect(bounds[3], code).toBeLessThanOrEqual(world.height);
		}
	});

	it('holds the thirteen countries of the programme, each with its label point inside its bounds', () => {
		for (const code of PROGRAMME) {
			const area = world.areas.find((one) => one.iso2 === code)!;
			const [x, y] = area.centroid;
			expect(x).toBeGreaterThan(area.bounds[0]);
			expect(x).toBeLessThan(area.bounds[2]);
			expect(y).toBeGreaterThan(area.bounds[1]);
			expect(y).toBeLessThan(area.bounds[3]);
		}
	});

	it('knows six areas of undetermined status, which have no ISO code', () => {
		const undetermined = world.areas.filter((area) => area.status === UNDETERMINED);
		expect(undetermined.map((area) => area.code)).toEqual(['XAC', 'XAP', 'XBT', 'XHT', 'XIT', 'XJK']);
		expect(undetermined.every((area) => area.iso2 === null)).toBe(true);
	});

	it('keeps small states, to be marked', () => {
		const small = world.areas.filter((area) => area.small).map((area) => area.code);
		expect(small).toEqual(expect.arrayContaining(['MDV', 'MLT', 'SGP', 'TUV']));
		expect(small).not.toContain('NPL');
	});

	it('draws boundaries by their type', () => {
		expect([1, 2, 3, 4].map(lineStyle)).toEqual(['solid', 'solid', 'dashed', 'dotted']);
		expect(world.lines.map((line) => line.type).toSorted()).toEqual(['dashed', 'solid']);
	});

	it('locates places where their country is', () => {
		const [x, y] = world.locate([-8, 12.65]);
		const [left, top, right, bottom] = world.areas.find((area) => area.code === 'MLI')!.bounds;
		expect(x > left && x < right && y > top && y < bottom).toBe(true);
	});
});

describe('one country', () => {
	it.each(PROGRAMME)('%s lies whole in its own view, with its neighbours', (code) => {
		const local = localGeometry(topology, iso2To3(code)!) as LocalGeometry;
		const home = local.areas.filter((area) => area.home);
		expect(home).toHaveLength(1);
		expect(home[0]!.d).toMatch(PATH);
		expect(local.areas.length).toBeGreaterThan(3);
		expect(home[0]!.width).toBeGreaterThan(local.width * 0.25);
		expect(home[0]!.width).toBeLessThanOrEqual(local.width);
	});

	it('is nothing for a code that the map does not hold', () => {
		expect(localGeometry(topology, 'ZZZ')).toBeNull();
	});

	it('locates places in view only', () => {
		const local = localGeometry(topology, 'MLI') as LocalGeometry;
		expect(local.locate([-8, 12.65])).not.toBeNull();
		expect(local.locate([16.37, 48.21])).toBeNull();
	});
});

describe('formulas', () => {
	const area = (code: string, status = 1) => ({ code, status });
	it('stand in the order of the United Nations, each where its area is in view', () => {
		expect(listDisclaimers(world.areas, world.lines)).toEqual([
			'general',
			'sudan',
			'abyei',
			'nsgt',
			'jk_status',
			'falklands'
		]);
		expect(listDisclaimers([area('BRA')], [])).toEqual(['general']);
		expect(listDisclaimers([area('ESH', 3)], [])).toEqual(['general', 'nsgt']);
		expect(listDisclaimers([area('SDN')], [])).toEqual(['general']);
	});

	it('speak of the Line of Control only where a dotted line is drawn', () => {
		const jammu = [area('XJK', 99)];
		expect(listDisclaimers(jammu, [{ type: 'dashed' }])).toEqual(['general', 'jk_status']);
		expect(listDisclaimers(jammu, [{ type: 'dotted' }])).toEqual(['general', 'jk']);
	});
});

describe('lines', () => {
	it('lose only points that lie within the tolerance', () => {
		const line: Point[] = [[0, 0], [5, 0.4], [10, 0], [15, 6], [20, 0]]; // prettier-ignore
		expect(simplifyLine(line, 1)).toEqual([[0, 0], [10, 0], [15, 6], [20, 0]]); // prettier-ignore
		expect(simplifyLine(line, 0.1)).toEqual(line);
	});

	it('keep an island an island', () => {
		const ring: Point[] = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]; // prettier-ignore
		expect(simplifyLine(ring, 1)).toEqual(ring);
	});

	it('are written in relative steps without steps of nothing', () => {
		expect(writePath([[[1, 2], [4, -2], [4, -2], [3, 2], [1, 2]]], true)).toBe('M1,2l3-4-1 4z'); // prettier-ignore
		expect(writePath([[[0, 0], [0, 5]], [[7, 7], [8, 8]]], false)).toBe('M0,0l0 5M7,7l1 1'); // prettier-ignore
	});
});

describe('markers', () => {
	const place = (name: string, at: Point, count = 1) => ({ name, at, count, text: '', href: '' });
	const locate = (at: Point) => at;

	it('grow by area with their count, largest undermost', () => {
		const markers = placeMarkers([place('a', [100, 100], 1), place('b', [300, 300], 9)], locate, 1000, 1000);
		expect(markers.map((marker) => marker.place.name)).toEqual(['b', 'a']);
		expect(markers[0]!.r).toBeGreaterThan(markers[1]!.r);
	});

	it('are labelled where the label covers nothing, else not at all', () => {
		const crowd = [0, 10, 20, 30, 40, 50].map((dy) => place('Ouagadougou', [500, 500 + dy]));
		const labelled = placeMarkers(crowd, locate, 1000, 1000).filter((marker) => marker.label);
		expect(labelled.length).toBeGreaterThan(0);
		expect(labelled.length).toBeLessThan(crowd.length);
	});

	it('leave out places outside the view', () => {
		expect(placeMarkers([place('a', [1, 1])], () => null, 10, 10)).toEqual([]);
	});
});
