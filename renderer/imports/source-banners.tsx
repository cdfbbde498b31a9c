import { Button } from '@mantine/core';
import { FolderX, RotateCw } from 'lucide-react';
import { useObservable } from '../app/observable';
import { useRoute, useServices } from '../app/services';
import { Banner } from '../components/banner';
import { count, plural } from '../components/quantity';

/** Says above the work when folders of the open project are gone or an import was cut off, with the way out beside it. */
export function SourceBanners() {
  const { imports } = useServices();
  const { projectId, screen } = useRoute();
  const { sources, unfinished } = useObservable(imports.state);
  const cutOffLabels = useObservable(imports.labels.state).unfinished;
  if (projectId === null || screen !== 'label') return null;
  return (
    <>
      {sources
        .filter((source) => source.missing > 0)
        .map((source) => (
          <Banner
            key={source.sourceId}
            icon={<FolderX size={16} aria-hidden />}
            message={`${
              source.isAvailable
                ? `${plural(source.missing, 'picture')} of “${source.displayName}” are not where they were.`
                : `The folder “${source.displayName}” was moved or is not connected.`
            } Labels are safe.`}
          >
            {source.isAvailable && (
              <Button
                variant="default"
                size="compact-xs"
                onClick={() => void imports.rescan(projectId, source.sourceId)}
              >
                Look for them in the folder
              </Button>
            )}
            <Button
              variant={source.isAvailable ? 'default' : 'filled'}
              size="compact-xs"
              onClick={() => void imports.locate(projectId, source.sourceId)}
            >
              Locate the folder…
            </Button>
          </Banner>
        ))}
      {unfinished.map(({ sourceId }) => (
        <Banner
          key={sourceId}
          icon={<RotateCw size={16} aria-hidden />}
          message="Adding a folder was cut off before its end. What was added is there."
        >
          <Button size="compact-xs" onClick={() => void imports.resume(projectId, sourceId)}>
            Go on
          </Button>
        </Banner>
      ))}
      {cutOffLabels.map(({ changeId, label, cursor, total, annotations }) => (
        <Banner
          key={changeId}
          icon={<RotateCw size={16} aria-hidden />}
          message={`“${label}” stopped after ${count(cursor)} of ${plural(total, 'image')}. ${plural(annotations, 'annotation')} are in.`}
        >
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => void imports.labels.takeBack(projectId, changeId)}
          >
            Take it back
          </Button>
          <Button size="compact-xs" onClick={() => void imports.labels.resume(projectId, changeId)}>
            Go on
          </Button>
        </Banner>
      ))}
    </>
  );
}
