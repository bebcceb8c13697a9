import { existsSync, readFileSync } from 'node:fs';
import { memoryPages, validateXML } from 'xmllint-wasm';
import { SHARED_IATI } from './iati-files.ts';

const FOLDER = `${SHARED_IATI}/schemas/2.03`;
const SCHEMA = 'iati-activities-schema.xsd';
/** What it includes. */
const INCLUDED = ['iati-common.xsd', 'xml.xsd'];

/** Whether the schemas of the standard lie beside the project. */
export const hasSchema = existsSync(`${FOLDER}/${SCHEMA}`);

const read = (fileName: string) => ({ fileName, contents: readFileSync(`${FOLDER}/${fileName}`, 'utf8') });

/** What the schema of IATI 2.03 has against a file, by libxml2's own validator; empty for a valid one. */
export async function validate(xml: string): Promise<string> {
	const { valid, rawOutput } = await validateXML({
		xml: { fileName: 'file.xml', contents: xml },
		schema: read(SCHEMA),
		preload: INCLUDED.map(read),
		maxMemoryPages: memoryPages.GiB
	});
	return valid ? '' : rawOutput;
}
