import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beginningOf, runNpm } from './npm.mjs';
import { Refusal, ensureWritable, fromRoot, readJson, sayBefore } from './project.mjs';

function isAtLeast(version, wanted) {
	const [have, need] = [version, wanted].map((text) => text.split('.').map(Number));
	for (let i = 0; i < need.length; i++) if (have[i] !== need[i]) return have[i] > need[i];
	return true;
}

function versionOf(node) {
	try {
		return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
	} catch {
		return null;
	}
}

/**
 * The Node that everything runs with: the present one if the project can use it, else a pinned build from the npm
 * registry, fetched once into `.node/` and checked against its hash.
 */
export async function chooseNode() {
	const wanted = readJson(fromRoot('package.json')).engines.node.replace('>=', '');
	// Some versions above the wanted one cannot read TypeScript by themselves yet (23.0 to 23.5).
	if (isAtLeast(process.versions.node, wanted) && process.features.typescript) return process.execPath;

	const { version, builds } = readJson(fromRoot('src/launch/node-builds.json'));
	const build = builds[`${process.platform}-${process.arch}`];
	const present = `This machine has Node ${process.versions.node}, the project needs ${wanted} or later`;
	if (!build) throw new Refusal(`${present}: install it from nodejs.org.`);

	const folder = fromRoot('.node', `${version}-${process.platform}-${process.arch}`);
	const node = join(folder, 'node_modules', build.package, build.file);
	if (versionOf(node) === version) return node;

	ensureWritable();
	sayBefore(`${present}: fetching Node ${version} into .node, once.`);
	await fetchBuild(folder, version, build);
	if (versionOf(node) !== version) {
		throw new Refusal(
			`${present}, and the fetched Node ${version} does not run here: install it from nodejs.org.`
		);
	}
	return node;
}

async function fetchBuild(folder, version, build) {
	const incoming = `${folder}.${process.pid}`;
	rmSync(incoming, { recursive: true, force: true });
	mkdirSync(incoming, { recursive: true });
	const manifest = {
		name: 'node-for-this-project',
		version: '1.0.0',
		dependencies: { [build.package]: version }
	};
	const lock = {
		...manifest,
		lockfileVersion: 3,
		packages: {
			'': manifest,
			// npm refuses the package when its bytes do not have this hash.
			[`node_modules/${build.package}`]: { version, integrity: build.integrity }
		}
	};
	writeFileSync(join(incoming, 'package.json'), JSON.stringify(manifest));
	writeFileSync(join(incoming, 'package-lock.json'), JSON.stringify(lock));
	try {
		const { code, output } = await runNpm(process.execPath, ['ci', '--prefix', incoming]);
		if (code !== 0)
			throw new Refusal(
				`Node ${version} could not be fetched from the npm registry. npm says:\n${beginningOf(output)}`
			);
		if (!existsSync(join(incoming, 'node_modules', build.package, build.file))) {
			throw new Refusal(`The package ${build.package} ${version} holds no ${build.file}.`);
		}
		rmSync(folder, { recursive: true, force: true });
		renameSync(incoming, folder);
	} finally {
		rmSync(incoming, { recursive: true, force: true });
	}
}
