/**
 * What each figure is, in words for a person: the one text behind tooltips and exported reports. How it is computed, and
 * after whom, stands with the functions in `shared/quality/metrics` and `shared/quality/agreement`.
 */
export const DEFINITIONS = {
  accuracy:
    'Right objects of all cases: right ÷ (right + mislabelled + missing + extra). A mislabelled pair is one case. As in the quality reports of CVAT.',
  precision: 'Of the objects that are labelled, the share that is right: right ÷ labelled.',
  recall: 'Of the objects in the ground truth, the share that was found with the right label: right ÷ truth.',
  f1: 'Harmonic mean of precision and recall: 2 × right ÷ (labelled + truth).',
  meanSimilarity:
    'Mean overlap of right pairs: IoU of areas, OKS of skeletons and points, one less the scaled distance of lines.',
  interval:
    'Interval of 95 % (Wilson 1927). Objects of one image are not independent, so the truth is somewhat wider.',
  missing: 'In the ground truth, and nothing labelled overlaps it enough.',
  extra: 'Labelled, and nothing in the ground truth overlaps it enough.',
  mislabelled: 'In the same place with another label.',
  low: 'Right, but with less overlap than the threshold.',
  attribute: 'Right pairs in which either has a value: the share with the same value.',
  ap: 'Average precision as COCO defines it: mean over labels and IoU .50:.05:.95 of the precision at 101 recalls, of at most 100 boxes an image and label.',
  ap50: 'Average precision at IoU .50.',
  ap75: 'Average precision at IoU .75.',
  alphaLabels:
    'Krippendorff’s alpha of labels, 1 for full agreement and 0 for chance: everything that somebody drew is a case, and whoever did not draw it answered “nothing”.',
  alphaObjects:
    'Krippendorff’s alpha of drawn objects: as for labels, but how far two shapes differ is one less their overlap.',
  fleiss:
    'Fleiss’ kappa over labels, for images with equally many answers: agreement of pairs of people beyond chance.',
  kappa: 'Cohen’s kappa of two people’s labels over what either of them drew: agreement beyond chance.',
  disagreement:
    'Mean over the things in an image of how far people differ about them, 0 to 1: shapes of one label by their overlap, other labels and missing ones in full.',
  activeTime:
    'Time on the Label screen in which the window was in front, an image was open and there was input; after the idle time without any the clock stands still.',
  reviewTime: 'Time on the Review screen, measured like the time of labelling and told apart from it.',
  secondsAShape:
    'Active time from one drawn object to the next, by the label of the object that it ended with. The first object of an image counts from its opening.',
  firstPass: 'Images accepted the first time they were handed in, of all that were judged.',
  rework: 'How often images were handed in again after they were rejected, for each image judged.',
  reworkedObjects:
    'Objects that were drawn, changed or deleted after their image was rejected and before it was handed in again; one that came back to what it was does not count.',
} as const;
export type DefinitionId = keyof typeof DEFINITIONS;
