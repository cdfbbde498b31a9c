/**
 * Fails when an import runs against the table in layers.json: `node scripts/check-layers.mjs [root]`.
 * Every import, export-from and dynamic import of every .ts and .tsx file under shared/, electron/ and renderer/ is
 * resolved to a file; the longest folder of the table that holds a file is its layer.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(process.argv[2] ?? path.join(here, '..'));
const { '//': _comment, ...layers } = JSON.parse(fs.readFileSync(path.join(here, 'layers.json'), 'utf8'));
const layerNames = Object.keys(layers).sort((a, b) => b.length - a.length);

function isWithin(file, folder) {
  return file === folder || file.startsWith(`${folder}/`);
}

function layerOf(file) {
  return layerNames.find((name) => isWithin(file, name)) ?? null;
}

function* sourceFiles(folder) {
  if (!fs.existsSync(folder)) return;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(full);
    else if (/\.tsx?$/.test(entry.name)) yield full;
  }
}

/** Module specifiers of a file, each with its line. */
function importsOf(file, text) {
  const parsed = parseSync(file, text);
  if (parsed.errors.length > 0) throw new Error(`${file}: ${parsed.errors[0].message}`);
  const found = [];
  const line = (offset) => text.slice(0, offset).split('\n').length;
  for (const statement of parsed.module.staticImports) {
    found.push({ specifier: statement.moduleRequest.value, line: line(statement.start) });
  }
  for (const statement of parsed.module.staticExports) {
    for (const entry of statement.entries) {
      if (entry.moduleRequest)
        found.push({ specifier: entry.moduleRequest.value, line: line(statement.start) });
    }
  }
  for (const call of parsed.module.dynamicImports) {
    const literal = text.slice(call.moduleRequest.start, call.moduleRequest.end).match(/^['"](.+)['"]$/);
    if (literal) found.push({ specifier: literal[1], line: line(call.start) });
  }
  return found;
}

function packageName(specifier) {
  if (specifier.startsWith('node:')) return 'node:*';
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}

const wrong = [];
for (const top of ['shared', 'electron', 'renderer']) {
  for (const full of sourceFiles(path.join(root, top))) {
    const file = path.relative(root, full).split(path.sep).join('/');
    const layer = layerOf(file);
    if (layer === null) {
      wrong.push(`${file}: lies in no layer of scripts/layers.json`);
      continue;
    }
    const allowed = layers[layer];
    for (const { specifier, line } of importsOf(full, fs.readFileSync(full, 'utf8'))) {
      if (specifier.startsWith('.')) {
        const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
        const targetLayer = layerOf(target);
        const isAllowed =
          targetLayer === layer ||
          allowed.layers.some((name) => isWithin(target, name) && targetLayer !== null);
        if (!isAllowed) wrong.push(`${file}:${line}: ${layer} must not import ${target}`);
      } else if (!allowed.packages.includes(packageName(specifier))) {
        wrong.push(`${file}:${line}: ${layer} must not use the package ${packageName(specifier)}`);
      }
    }
  }
}

for (const message of wrong) console.error(message);
if (wrong.length > 0) {
  console.error(`${wrong.length} imports run the wrong way (scripts/layers.json says who may import whom).`);
  process.exitCode = 1;
} else {
  console.log('Imports run one way.');
}
