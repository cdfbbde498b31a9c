import { expect, test } from 'vitest';
import { createNavigation } from '../../../../renderer/app/navigation';
import type { ImageId, ProjectId } from '../../../../shared/schema/ids';

const project = '11111111-1111-4111-8111-111111111111' as ProjectId;
const image = '22222222-2222-4222-8222-222222222222' as ImageId;

test('the project at hand stays at hand until another is named', () => {
  const navigation = createNavigation({
    screen: 'start',
    projectId: null,
    imageId: null,
    annotationId: null,
    tab: null,
  });
  navigation.go({ screen: 'label', projectId: project, imageId: image });
  expect(navigation.route.get()).toEqual({
    screen: 'label',
    projectId: project,
    imageId: image,
    annotationId: null,
    tab: null,
  });
  navigation.go({ screen: 'settings' });
  expect(navigation.route.get()).toEqual({
    screen: 'settings',
    projectId: project,
    imageId: null,
    annotationId: null,
    tab: null,
  });
});

test('a screen that needs a project leads to the start page without one', () => {
  const navigation = createNavigation({
    screen: 'start',
    projectId: null,
    imageId: null,
    annotationId: null,
    tab: null,
  });
  navigation.go({ screen: 'datasets' });
  expect(navigation.route.get().screen).toBe('start');
});

test('stays while a guard says no, and goes when it asks no more', () => {
  const navigation = createNavigation({
    screen: 'label',
    projectId: project,
    imageId: null,
    annotationId: null,
    tab: null,
  });
  const stop = navigation.guard(({ screen }) => screen === 'label');
  navigation.go({ screen: 'settings' });
  expect(navigation.route.get().screen).toBe('label');
  stop();
  navigation.go({ screen: 'settings' });
  expect(navigation.route.get().screen).toBe('settings');
});
