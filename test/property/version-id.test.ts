import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildManifest, contentIdOf, manifestText, versionIdOf } from '../../shared/datasets/manifest';
import { VersionManifest } from '../../shared/schema/dataset-version';
import { Sha256 } from '../../shared/schema/ids';
import { CAR, publishRequest, SIGN } from '../fixtures/publish-rows';

const sha = fc
  .integer()
  .map((number) => Sha256.parse(createHash('sha256').update(String(number)).digest('hex')));
const input = fc.record({
  files: fc.uniqueArray(fc.record({ name: fc.string(), byteSize: fc.nat(), sha256: sha }), {
    selector: (file) => file.name,
  }),
  sources: fc.uniqueArray(fc.record({ id: fc.string(), displayName: fc.string() }), {
    selector: (source) => source.id,
  }),
  parent: fc.option(sha),
  message: fc.string({ maxLength: 50 }),
});
const counts = { images: 1, annotations: 2, bySplit: { train: 1, val: 0, test: 0 }, byLabel: { [CAR]: 2 } };

const coverage = { accepted: 0, reviewed: 0, total: 1, changedSince: 0 };

describe('the id of a version', () => {
  it('does not depend on the order in which files, sources and filters were named', () => {
    fc.assert(
      fc.property(input, ({ files, sources, parent, message }) => {
        const one = buildManifest({
          request: publishRequest({
            message,
            filter: { states: ['labelled', 'confirmedEmpty'], labelIds: [CAR, SIGN] },
          }),
          files,
          sources,
          parent,
          counts,
          coverage,
        });
        const other = buildManifest({
          request: publishRequest({
            message,
            filter: { states: ['confirmedEmpty', 'labelled'], labelIds: [SIGN, CAR, SIGN] },
          }),
          files: [...files].reverse(),
          sources: [...sources].reverse(),
          parent,
          counts,
          coverage,
        });
        expect(versionIdOf(other)).toBe(versionIdOf(one));
      }),
    );
  });

  it('is the SHA-256 of the manifest text, which says again what was put in', () => {
    fc.assert(
      fc.property(input, ({ files, sources, parent, message }) => {
        const manifest = buildManifest({
          request: publishRequest({ message }),
          files,
          sources,
          parent,
          counts,
          coverage,
        });
        const text = manifestText(manifest);
        expect(versionIdOf(manifest)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
        expect(VersionManifest.parse(JSON.parse(text))).toEqual(manifest);
      }),
    );
  });

  it('changes with parent and message, while the content id does not; with a file both change', () => {
    fc.assert(
      fc.property(input, sha, ({ files, sources, parent, message }, hash) => {
        const request = publishRequest({ message });
        const base = buildManifest({ request, files, sources, parent, counts, coverage });
        const retold = buildManifest({
          request: publishRequest({ message: `${message}.` }),
          files,
          sources,
          parent,
          counts,
          coverage,
        });
        expect(versionIdOf(retold)).not.toBe(versionIdOf(base));
        expect(contentIdOf(retold)).toBe(contentIdOf(base));
        const more = [...files, { name: 'one more', byteSize: 1, sha256: hash }];
        const grown = buildManifest({ request, files: more, sources, parent, counts, coverage });
        expect(contentIdOf(grown)).not.toBe(contentIdOf(base));
      }),
    );
  });
});
