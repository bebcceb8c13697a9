// Checks this audit pack without the site it came from: node verify.mjs (Node.js 18 or later, nothing else).
// Every file against its hash, every total against the rows, and the sample drawn again from its seed.
// One line a check, PASS or FAIL; the exit code is 0 if all pass.

import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const MOST_NAMED = 10;
let failures = 0;

function say(passed, what) {
	if (!passed) failures += 1;
	process.stdout.write(`${passed ? 'PASS' : 'FAIL'}  ${what}\n`);
}

/** One line for all of a kind: what is wrong is named, the first of it. */
function sayAll(wrong, what) {
	if (wrong.length === 0) return say(true, what);
	for (const one of wrong.slice(0, MOST_NAMED)) say(false, `${what}: ${one}`);
	if (wrong.length > MOST_NAMED) say(false, `${what}: and ${wrong.length - MOST_NAMED} more`);
}

// --- Files

async function hashOf(name) {
	const hash = createHash('sha256');
	let bytes = 0;
	for await (const chunk of createReadStream(join(FOLDER, name))) {
		hash.update(chunk);
		bytes += chunk.length;
	}
	return { sha256: hash.digest('hex'), bytes };
}

/** The records of a CSV file (RFC 4180) by the names of its columns; the guard before formulas is taken off. */
async function* readCsv(name) {
	let columns = null;
	let fields = [];
	let field = '';
	let quoted = false;
	let closed = false;
	const end = () => {
		fields.push(field.startsWith("'") ? field.slice(1) : field);
		field = '';
	};
	for await (const chunk of createReadStream(join(FOLDER, name), { encoding: 'utf8' })) {
		for (let at = 0; at < chunk.length; at++) {
			const sign = chunk[at];
			if (quoted) {
				if (sign === '"') {
					quoted = false;
					closed = true;
				} else field += sign;
				continue;
			}
			if (sign === '"') {
				// Two quotes in a quoted field are one; the first only seemed to end it.
				if (closed) field += '"';
				quoted = true;
				closed = false;
				continue;
			}
			closed = false;
			if (sign === ',') end();
			else if (sign === '\n') {
				end();
				if (columns === null) columns = fields;
				else yield Object.fromEntries(columns.map((column, index) => [column, fields[index] ?? '']));
				fields = [];
			} else if (sign !== '\r') field += sign;
		}
	}
	if (fields.length > 0 || field !== '') throw new Error(`${name} ends within a row`);
}

async function columnsOf(name) {
	const stream = createReadStream(join(FOLDER, name), { encoding: 'utf8' });
	let head = '';
	for await (const chunk of stream) {
		head += chunk;
		if (head.includes('\n')) break;
	}
	return head.split('\n', 1)[0].trim().split(',');
}

// --- Exact decimals: whole numbers of the last digit

function toUnits(text, scale) {
	const [whole, fraction = ''] = text.split('.');
	return BigInt(whole + fraction + '0'.repeat(scale - fraction.length));
}

const scaleOf = (text) => (text.split('.')[1] ?? '').length;

/** A sum of decimals that takes on the finest scale it meets. */
class Sum {
	units = 0n;
	scale = 0;
	add(text) {
		const scale = Math.max(this.scale, scaleOf(text));
		this.units = this.units * 10n ** BigInt(scale - this.scale) + toUnits(text, scale);
		this.scale = scale;
	}
	equals(text) {
		const scale = Math.max(this.scale, scaleOf(text));
		return this.units * 10n ** BigInt(scale - this.scale) === toUnits(text, scale);
	}
	toString() {
		return fromUnits(this.units, this.scale);
	}
}

function fromUnits(units, scale) {
	const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
	const sign = units < 0n ? '-' : '';
	return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

// --- The sample, drawn again as README.txt says

function createDraws(seed) {
	let counter = 0;
	return (limit) => {
		for (;;) {
			counter += 1;
			const number = BigInt(`0x${createHash('sha256').update(`${seed},${counter}`).digest('hex')}`);
			if (number < (2n ** 256n / limit) * limit) return number % limit;
		}
	};
}

/** Places from 0, in the order in which they are drawn. */
function drawPlaces(draw, size, count) {
	if (size >= count) return Array.from({ length: count }, (_, place) => place);
	const places = new Set();
	while (places.size < size) places.add(Number(draw(BigInt(count))));
	return [...places];
}

const toChosen = (places, items) =>
	places.map((place, index) => ({ item: items[place], by: 'draw', at: String(index + 1) }));

function sampleAtRandom({ seed, size }, population) {
	const items = population.map((_, index) => index + 1);
	return toChosen(drawPlaces(createDraws(seed), size, items.length), items);
}

function sampleByStrata({ seed, size }, population) {
	const strata = new Map();
	population.forEach(({ stratum }, index) => {
		if (!strata.has(stratum)) strata.set(stratum, []);
		strata.get(stratum).push(index + 1);
	});
	const all = [...strata.values()];
	const spare = population.length - all.length;
	const more = Math.min(Math.max(size - all.length, 0), spare);
	const parts = all.map((items) => {
		const share = BigInt(more) * BigInt(items.length - 1);
		return spare === 0
			? { drawn: 0n, left: 0n }
			: { drawn: share / BigInt(spare), left: share % BigInt(spare) };
	});
	let open = BigInt(more) - parts.reduce((sum, { drawn }) => sum + drawn, 0n);
	const byRemainder = parts
		.map((part, index) => ({ part, index }))
		.sort((a, b) => (a.part.left > b.part.left ? -1 : a.part.left < b.part.left ? 1 : a.index - b.index));
	for (const { part } of byRemainder) {
		if (open === 0n) break;
		part.drawn += 1n;
		open -= 1n;
	}
	const draw = createDraws(seed);
	return all.flatMap((items, index) =>
		toChosen(drawPlaces(draw, 1 + Number(parts[index].drawn), items.length), items)
	);
}

function sampleByMoney({ seed, size, interval }, population) {
	const amounts = population.map(({ amount }) => amount);
	const scale = Math.max(...[...amounts, interval ?? ''].map((text) => scaleOf(text)), 0);
	const items = amounts
		.map((amount, index) => ({ item: index + 1, units: amount === '' ? 0n : toUnits(amount, scale) }))
		.filter(({ units }) => units > 0n);
	let rest = items.reduce((sum, { units }) => sum + units, 0n);
	const whole = new Set();
	let left;
	if (interval === null) {
		left = BigInt(Math.min(size, items.length));
		for (const one of [...items].sort((a, b) => (a.units > b.units ? -1 : a.units < b.units ? 1 : 0))) {
			if (left === 0n || one.units * left < rest) break;
			whole.add(one);
			rest -= one.units;
			left -= 1n;
		}
	} else {
		for (const one of items) if (one.units >= toUnits(interval, scale)) whole.add(one);
		for (const { units } of whole) rest -= units;
	}
	const hits = [];
	const draw = createDraws(seed);
	if (interval !== null) {
		const step = toUnits(interval, scale);
		for (let unit = draw(step); unit < rest; unit += step) hits.push(unit);
	} else if (left > 0n) {
		const start = draw(rest);
		for (let turn = 0n; turn < left; turn++) hits.push((start + turn * rest) / left);
	}
	const sample = [];
	let before = 0n;
	for (const one of items) {
		if (whole.has(one)) {
			sample.push({ item: one.item, by: 'top', at: '' });
			continue;
		}
		before += one.units;
		if (hits.length > 0 && hits[0] < before)
			sample.push({ item: one.item, by: 'unit', at: fromUnits(hits.shift() + 1n, scale) });
	}
	return sample;
}

const METHODS = { random: sampleAtRandom, stratified: sampleByStrata, monetary: sampleByMoney };

// --- The checks

async function checkFiles({ files }) {
	const here = files.filter(({ name }) => existsSync(join(FOLDER, name)));
	sayAll(
		files.filter((file) => !here.includes(file)).map(({ name }) => name),
		'all files are there'
	);
	for (const { name, bytes, sha256 } of here) {
		const found = await hashOf(name);
		const passed = found.sha256 === sha256 && found.bytes === bytes;
		say(passed, `${name}: SHA-256 ${passed ? sha256 : `is ${found.sha256}, not ${sha256}`}`);
	}
}

/** A row's cells in short, so that a large population needs little memory. */
const contentOf = (row) => createHash('sha256').update(JSON.stringify(row)).digest('base64');

async function checkPopulation({ population: stated, slice_currency: currency }) {
	const population = [];
	const wrong = { order: [], nature: [] };
	const total = new Sum();
	const unconverted = new Map();
	const used = { sources: new Map(), rates: new Map() };
	const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
	let before = '';
	for await (const row of readCsv('population.csv')) {
		const place = `${row.date_from || 'infinity'} ${row.item_key}`;
		if (row.item !== String(population.length + 1) || place < before)
			wrong.order.push(`row ${population.length + 1}`);
		if (row.nature !== stated.nature) wrong.nature.push(`row ${population.length + 1}`);
		before = place;
		if (row.amount_in_slice !== '') total.add(row.amount_in_slice);
		else {
			if (!unconverted.has(row.currency)) unconverted.set(row.currency, { amount: new Sum(), entries: 0 });
			unconverted.get(row.currency).amount.add(row.booked_in_slice);
			unconverted.get(row.currency).entries += 1;
		}
		count(used.sources, `${row.source_sha256} of posting ${row.posting}`);
		if (row.rate_date !== '' && row.currency !== currency)
			count(
				used.rates,
				`${row.rate_publisher}, ${row.currency}, ${row.rate_date}, ${row.units_per_eur}, ${row.units_per_usd}`
			);
		population.push({
			amount: row.amount_in_slice,
			stratum: row.stratum,
			content: contentOf(row)
		});
	}
	sayAll(wrong.order, 'population.csv: numbered from 1 in the order of day and item key');
	sayAll(wrong.nature, `population.csv: every row is ${stated.nature}`);
	say(
		population.length === stated.items,
		`population.csv: ${population.length} items, ${stated.items} stated`
	);
	const none = stated.control_total === null;
	const converted = [...unconverted.values()].reduce((sum, { entries }) => sum - entries, population.length);
	say(
		none ? converted === 0 : total.equals(stated.control_total),
		`population.csv: sum of amount_in_slice ${total}, control total ${stated.control_total} ${currency}`
	);
	const apart = stated.unconverted.filter(({ currency: booked, amount, entries }) => {
		const found = unconverted.get(booked);
		return !found || !found.amount.equals(amount) || found.entries !== entries;
	});
	sayAll(
		[
			...apart.map(({ currency: booked }) => booked),
			...(unconverted.size === stated.unconverted.length ? [] : ['not the currencies stated'])
		],
		'population.csv: amounts without a rate, by currency'
	);
	return { population, used };
}

function sampledAgain({ sampling }, population) {
	const sample = METHODS[sampling.method](sampling, population).sort((a, b) => a.item - b.item);
	say(
		sample.length === sampling.drawn,
		`sample: ${sample.length} items drawn again, ${sampling.drawn} stated`
	);
	return sample;
}

async function checkSample(manifest, population) {
	const expected = sampledAgain(manifest, population);
	const wrong = [];
	const differing = [];
	const total = new Sum();
	let rows = 0;
	for await (const { chosen_by: by, chosen_at: at, ...row } of readCsv('sample.csv')) {
		const one = expected[rows];
		rows += 1;
		if (row.amount_in_slice !== '') total.add(row.amount_in_slice);
		if (!one || row.item !== String(one.item) || by !== one.by || at !== one.at)
			wrong.push(
				`row ${rows} is item ${row.item} (${by} ${at})${one ? `, not item ${one.item} (${one.by} ${one.at})` : ''}`
			);
		if (population[Number(row.item) - 1]?.content !== contentOf(row))
			differing.push(`row ${rows}, item ${row.item}`);
	}
	for (const { item } of expected.slice(rows)) wrong.push(`item ${item} is missing`);
	sayAll(wrong, `sample.csv: the items that the seed "${manifest.sampling.seed}" draws`);
	sayAll(differing, 'sample.csv: each row as in population.csv');
	say(
		total.equals(manifest.sampling.amount ?? '0'),
		`sample.csv: sum of amount_in_slice ${total}, stated ${manifest.sampling.amount}`
	);
}

/** A list of what rows refer to must name each with the number of its rows, and nothing else. */
async function checkUsed(name, used, keyOf) {
	const listed = new Map();
	for await (const row of readCsv(name)) listed.set(keyOf(row), Number(row.entries));
	const wrong = [...used].filter(([key, entries]) => listed.get(key) !== entries).map(([key]) => key);
	const unused = [...listed.keys()].filter((key) => !used.has(key));
	sayAll([...wrong, ...unused], `${name}: what the rows of the population refer to`);
}

async function checkChecks() {
	const wrong = [];
	let rows = 0;
	for await (const { left, right, tolerance, relation, state, check } of readCsv('checks.csv')) {
		rows += 1;
		if (left === '' || right === '') {
			if (state === 'holds' && left !== right) wrong.push(`row ${rows}, ${check}`);
			continue;
		}
		const scale = Math.max(scaleOf(left), scaleOf(right), scaleOf(tolerance));
		const difference = toUnits(left, scale) - toUnits(right, scale);
		const most = toUnits(tolerance, scale);
		const holds = difference <= most && (relation === 'at_most' || -difference <= most);
		if (state === 'holds' && !holds) wrong.push(`row ${rows}, ${check}`);
	}
	sayAll(wrong, `checks.csv: ${rows} results; the sides of each that holds agree`);
}

async function checkDictionary() {
	const described = new Set();
	for await (const { file, column, meaning } of readCsv('dictionary.csv'))
		if (meaning !== '') described.add(`${file} ${column}`);
	const files = ['population.csv', 'sample.csv', 'sources.csv', 'rates.csv', 'checks.csv', 'dictionary.csv'];
	const wrong = [];
	for (const file of files)
		for (const column of await columnsOf(file))
			if (!described.has(`${file} ${column}`)) wrong.push(`${column} of ${file}`);
	sayAll(wrong, 'dictionary.csv: says what every column means');
}

async function verify() {
	const manifest = JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8'));
	process.stdout.write(`${manifest.title}\n${manifest.address}\n\n`);
	await checkFiles(manifest);
	const { population, used } = await checkPopulation(manifest);
	await checkSample(manifest, population);
	await checkUsed('sources.csv', used.sources, (row) => `${row.sha256} of posting ${row.posting}`);
	await checkUsed(
		'rates.csv',
		used.rates,
		(row) => `${row.publisher}, ${row.currency}, ${row.rate_date}, ${row.units_per_eur}, ${row.units_per_usd}`
	);
	await checkChecks();
	await checkDictionary();
}

try {
	await verify();
} catch (error) {
	say(false, `could not go on: ${error.message}`);
}
process.stdout.write(failures === 0 ? '\nAll checks pass.\n' : `\nChecks that fail: ${failures}\n`);
process.exitCode = failures === 0 ? 0 : 1;
