# docker build --tag sendguard .
# docker run --rm --volume "$PWD:/newsletters:ro" sendguard check issue.html

FROM python:3.13-slim-bookworm AS builder
WORKDIR /src
ENV UV_LINK_MODE=copy
COPY requirements.lock requirements-dev.lock ./
RUN sed -n '/^uv==/,/[^\\]$/p' requirements-dev.lock > uv.lock \
    && pip install --no-cache-dir --require-hashes --requirement uv.lock \
    && python -m venv --without-pip /opt/sendguard \
    && uv pip install --python /opt/sendguard --compile-bytecode \
        --require-hashes --requirements requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY sendguard sendguard
COPY campaigns/navigator-42 campaigns/navigator-42
RUN uv pip install --python /opt/sendguard --compile-bytecode \
        --no-deps --build-constraints requirements-dev.lock .

FROM python:3.13-slim-bookworm
ENV PATH=/opt/sendguard/bin:$PATH \
    PYTHONUNBUFFERED=1
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin sendguard
COPY --from=builder /opt/sendguard /opt/sendguard
USER 10001
WORKDIR /newsletters
HEALTHCHECK CMD ["sendguard", "--version"]
ENTRYPOINT ["sendguard"]
