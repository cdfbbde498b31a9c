import { Alert } from '@mantine/core';
import { Eye } from 'lucide-react';
import styles from '../quality.module.css';

/** Said to whoever is measured, in the Time tab and where they sign in for the first time. */
export function WhatIsMeasured({ idleAfterSeconds }: { readonly idleAfterSeconds: number }) {
  return (
    <Alert
      className={styles.measured}
      icon={<Eye size={16} />}
      title="What is measured, and what is not"
      color="gray"
      variant="outline"
    >
      Measured, for each image and day: how long you work on it on the Label screen, and apart from that on
      the Review screen, while the window is in front, and how many objects of each label you draw while
      labelling. Of images that were rejected: how many objects were changed before they were handed in again.
      The clock stands still {idleAfterSeconds} seconds after the last key or movement, on other screens, and
      when the window is behind others. Not measured: what you type, where the pointer goes, what other
      windows show, and time outside of this app. You see your own figures here; reviewers, leads and admins
      see everybody’s. They stay in this project and leave it only with an export, a backup or a bundle.
    </Alert>
  );
}
