package io.github.nolabel.data.source;

import java.util.List;

/**
 * The two binary layouts of Krizhevsky's data sets: label bytes, then 32 x 32 red, green and blue.
 *
 * @param labelBytes before each image
 * @param labelByte the one that counts
 * @param classes how many labels there are
 * @param train file names of the training images
 * @param test file name of the test images
 * @param namesFile of the label names, one per line
 */
record CifarFormat(
    int labelBytes,
    int labelByte,
    int classes,
    List<String> train,
    String test,
    String namesFile,
    List<String> defaultNames) {

  static final int SIDE = 32;
  static final int AREA = SIDE * SIDE;

  static final CifarFormat CIFAR10 =
      new CifarFormat(
          1,
          0,
          10,
          List.of(
              "data_batch_1.bin",
              "data_batch_2.bin",
              "data_batch_3.bin",
              "data_batch_4.bin",
              "data_batch_5.bin"),
          "test_batch.bin",
          "batches.meta.txt",
          List.of(
              "airplane",
              "automobile",
              "bird",
              "cat",
              "deer",
              "dog",
              "frog",
              "horse",
              "ship",
              "truck"));

  static final CifarFormat CIFAR100_FINE = cifar100(1, 100, "fine_label_names.txt");
  static final CifarFormat CIFAR100_COARSE = cifar100(0, 20, "coarse_label_names.txt");

  int recordBytes() {
    return labelBytes + 3 * AREA;
  }

  private static CifarFormat cifar100(int labelByte, int classes, String namesFile) {
    List<String> numbers =
        java.util.stream.IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return new CifarFormat(
        2, labelByte, classes, List.of("train.bin"), "test.bin", namesFile, numbers);
  }
}
