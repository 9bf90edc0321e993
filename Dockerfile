# The command line in an image:
#   docker build -t nolabel .
#   docker run --rm -v "$PWD/photos:/photos:ro" -v "$PWD/runs:/runs" nolabel \
#     pretrain simclr --data folder:/photos --out /runs/a
# For a card: --build-arg PROFILES=distribution,cuda --build-arg BASE=<an image with CUDA 12 and cuDNN 9 and a JRE 17>
ARG BASE=eclipse-temurin:17-jre

FROM maven:3.9-eclipse-temurin-17 AS build
ARG PROFILES=distribution
WORKDIR /source
COPY . .
RUN mvn -B -q -P"$PROFILES" -Dmaven.test.skip=true -pl cli -am package \
 && mkdir /nolabel \
 && unzip -q cli/target/nolabel-*-distribution.zip -d /unpacked \
 && mv /unpacked/nolabel-*/* /nolabel/

FROM $BASE
COPY --from=build /nolabel /opt/nolabel
ENV LANG=C.UTF-8
# The first start keeps classes for later ones, which begin in new containers.
RUN ln -s /opt/nolabel/nolabel /usr/local/bin/nolabel \
 && nolabel methods >/dev/null
ENTRYPOINT ["nolabel"]
CMD ["--help"]
