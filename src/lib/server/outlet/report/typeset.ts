import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import template from './template.typ?raw';

/** PDF for universal access: tagged, titled, in a stated language, every picture in words, every letter there. */
const ACCESSIBLE = 'ua-1';
/** What the last so many reports did not use is forgotten. */
const REMEMBERED = 10;
const FACES = [
	'400Regular/SourceSerif4_400Regular',
	'400Regular_Italic/SourceSerif4_400Regular_Italic',
	'600SemiBold/SourceSerif4_600SemiBold'
];

let compiler: NodeCompiler | undefined;

/**
 * The typeface comes with the program and goes before any of the machine's, so that every machine sets the same bytes.
 * Opened by the first report: it takes some hundred milliseconds.
 */
function openCompiler(): NodeCompiler {
	const { resolve } = createRequire(import.meta.url);
	const fontBlobs = FACES.map((face) =>
		readFileSync(resolve(`@expo-google-fonts/source-serif-4/${face}.ttf`))
	);
	return NodeCompiler.create({ fontArgs: [{ fontBlobs }] });
}

/**
 * Sets texts and numbers by the one template as PDF; the same give the same bytes.
 * @param report JSON that the template reads: never source, so that no text in it can do anything
 * @param manifest travels inside the file
 * @throws with what the template cannot do, which is a fault of the program
 */
export function typeset(report: string, manifest: string): Buffer {
	compiler ??= openCompiler();
	const compiled = compiler.compile({ mainFileContent: template, inputs: { report, manifest } });
	try {
		if (compiled.result === null) {
			const found = compiled.takeDiagnostics()?.shortDiagnostics ?? [];
			throw new Error(`the template of reports fails: ${JSON.stringify(found)}`);
		}
		return exportPdf(compiler, compiled.result);
	} finally {
		compiler.evictCache(REMEMBERED);
	}
}

/** A name in letters that the typeface lacks is set all the same: the file is tagged, but does not claim the standard. */
function exportPdf(open: NodeCompiler, document: Parameters<NodeCompiler['pdf']>[0]): Buffer {
	try {
		return open.pdf(document, { pdfStandard: ACCESSIBLE });
	} catch {
		return open.pdf(document);
	}
}
