# docker build --tag sendguard .
# docker run --rm --volume "$PWD:/newsletters:ro" sendguard check issue.html
# docker run --detach --volume "$PWD:/newsletters:ro" --volume sendguard:/var/lib/sendguard sendguard serve

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
    PYTHONUNBUFFERED=1 \
    SENDGUARD_DATABASE=sqlite:////var/lib/sendguard/sendguard.db \
    XDG_CACHE_HOME=/var/lib/sendguard/cache
# What it writes is in one folder, whether that is a volume or not.
RUN useradd --uid 10001 --no-create-home --home-dir /var/lib/sendguard \
        --shell /usr/sbin/nologin sendguard \
    && install --directory --owner=sendguard --mode=0750 /var/lib/sendguard
VOLUME /var/lib/sendguard
COPY --from=builder /opt/sendguard /opt/sendguard
USER 10001
WORKDIR /newsletters
# Of `serve`; a check is over before it is asked how it fares.
HEALTHCHECK --start-period=30s --timeout=10s \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8780/readyz', timeout=5)"]
ENTRYPOINT ["sendguard"]
