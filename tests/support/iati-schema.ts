import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHARED_IATI } from './iati-files.ts';

const SCHEMA = `${SHARED_IATI}/schemas/2.03/iati-activities-schema.xsd`;
const PROGRAM = process.env.XMLLINT ?? 'xmllint';

/** Whether the schema lies beside the project and there is a program that knows schemas (`XMLLINT`, or on the PATH). */
export const hasXmllint = existsSync(SCHEMA) && spawnSync(PROGRAM, ['--version']).status === 0;

/** What the schema of IATI 2.03 has against a file; empty for a valid one. */
export function validate(xml: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'iati-'));
	const file = join(folder, 'file.xml');
	try {
		writeFileSync(file, xml);
		execFileSync(PROGRAM, ['--noout', '--schema', SCHEMA, file], { stdio: 'pipe' });
		return '';
	} catch (error) {
		return String((error as { stderr: Buffer }).stderr).replaceAll(file, 'file.xml');
	} finally {
		rmSync(folder, { recursive: true });
	}
}
