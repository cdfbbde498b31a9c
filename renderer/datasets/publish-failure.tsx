import { Button } from '@mantine/core';
import type { AppError } from '../../shared/result/app-error';
import { ImageId, type ProjectId } from '../../shared/schema/ids';
import { useServices } from '../app/services';
import styles from './datasets.module.css';

/** Why nothing was published, with the way to the image that stands in the way; it can be rebuilt there. */
export function PublishFailure({
  error,
  projectId,
}: {
  readonly error: AppError;
  readonly projectId: ProjectId;
}) {
  const { navigation } = useServices();
  const imageId = ImageId.safeParse(error.details.imageId);
  return (
    <div className={styles.failure} role="alert">
      <p>{error.message}</p>
      {error.code === 'record.damaged' && imageId.success && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => navigation.go({ screen: 'label', projectId, imageId: imageId.data })}
        >
          Open the image
        </Button>
      )}
    </div>
  );
}
