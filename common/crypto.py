"""Encryption of single fields: who copies the database reads no identity number.

GB/T 22239-2019 level 3 asks for confidentiality and integrity of stored data by cryptography and
GB/T 39786-2021 for the national algorithms: AES-256-GCM and SM4-GCM (GB/T 32907) side by side.
    sealed text      algorithm ":" key id ":" base64url(nonce[12] || ciphertext || tag[16])
    additional data  algorithm ":" key id "|" table.column ":" row key
so a value moved to another column, row, key or algorithm does not open. The primary key is unknown
before the insert; the row key is a random UUID column of the row, unique and never changed.

`settings.FIELD_KEYS` lists `id:algorithm:base64`, separated by commas: the first encryption key
seals, the others only open. An entry of algorithm hmac-sha256 or hmac-sm3 holds the key of the
blind indexes; a ring of one key may leave it out.
"""

import base64
import binascii
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.db.models.functions import Cast
from django.db.models.query_utils import DeferredAttribute

NONCE, TAG = 12, 16
CIPHERS: dict[str, tuple[Callable, int]] = {
    "aes-256-gcm": (algorithms.AES, 32),
    "sm4-gcm": (algorithms.SM4, 16),
}
DIGESTS = {"hmac-sha256": hashes.SHA256, "hmac-sm3": hashes.SM3}
INDEX_DIGEST_OF = {"aes-256-gcm": "hmac-sha256", "sm4-gcm": "hmac-sm3"}
BLIND_INDEX_LENGTH = 64  # hexadecimal digits


class KeyMissing(Exception):
    """The key that sealed the value is not in FIELD_KEYS."""


class SealBroken(Exception):
    """The value was altered, or belongs to another row, column or key."""


@dataclass(frozen=True)
class Key:
    """One entry of FIELD_KEYS; `secret` never appears in a repr."""

    id: str
    algorithm: str
    secret: bytes = field(repr=False)

    @property
    def header(self) -> str:
        return f"{self.algorithm}:{self.id}"


@dataclass(frozen=True)
class KeyRing:
    """The keys of this installation: `current` seals, `by_header` opens, `index` looks up."""

    current: Key
    by_header: dict[str, Key]
    index: Key


@dataclass(frozen=True)
class Sealed:
    """Ciphertext as stored. Prints nothing of its content."""

    text: str = field(repr=False)


def key_ring() -> KeyRing:
    """The ring of `settings.FIELD_KEYS`; raises ImproperlyConfigured with the entry at fault."""
    return _parse_ring(settings.FIELD_KEYS)


@lru_cache(maxsize=8)
def _parse_ring(text: str) -> KeyRing:
    keys = [_parse_key(entry.strip()) for entry in text.split(",") if entry.strip()]
    sealing = [key for key in keys if key.algorithm in CIPHERS]
    indexing = [key for key in keys if key.algorithm in DIGESTS]
    if not sealing:
        raise ImproperlyConfigured("FIELD_KEYS 里没有加密密钥。请至少填写一把 aes-256-gcm 密钥。")
    if len({key.id for key in keys}) < len(keys):
        raise ImproperlyConfigured("FIELD_KEYS 里有重复的密钥编号。请给每把密钥不同的编号。")
    if len(indexing) > 1 or (not indexing and len(sealing) > 1):
        raise ImproperlyConfigured(
            "FIELD_KEYS 有多把加密密钥时须有且只有一把检索密钥，否则换密钥后按证件号查不到人。"
            "请加一项 index:hmac-sha256:原密钥的 base64（原密钥为 sm4-gcm 时用 hmac-sm3）。"
        )
    first = sealing[0]
    indexing.append(Key("index", INDEX_DIGEST_OF[first.algorithm], first.secret))
    return KeyRing(first, {key.header: key for key in sealing}, indexing[0])


def _parse_key(entry: str) -> Key:
    key_id, _, rest = entry.partition(":")
    algorithm, _, encoded = rest.partition(":")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        secret = b""
    size = CIPHERS[algorithm][1] if algorithm in CIPHERS else max(len(secret), 16)
    if not key_id or algorithm not in {*CIPHERS, *DIGESTS} or len(secret) != size:
        raise ImproperlyConfigured(
            f"FIELD_KEYS 中编号为 {key_id or '（空）'} 的一项不正确。格式是 编号:算法:base64 密钥，"
            "算法 aes-256-gcm（32 字节）、sm4-gcm（16 字节）、hmac-sha256、hmac-sm3（16 字节起）。"
        )
    return Key(key_id, algorithm, secret)


@lru_cache(maxsize=256)
def _derive(key: Key, purpose: str, size: int) -> bytes:
    """HKDF (RFC 5869): one secret never serves two purposes."""
    digest = hashes.SM3() if "sm" in key.algorithm else hashes.SHA256()
    return HKDF(digest, size, salt=None, info=f"portal:{purpose}".encode()).derive(key.secret)


def _cipher(key: Key, nonce: bytes, tag: bytes | None = None) -> Cipher:
    algorithm, size = CIPHERS[key.algorithm]
    return Cipher(algorithm(_derive(key, "field", size)), modes.GCM(nonce, tag))


def seal(plain: str, context: str) -> Sealed:
    """Encrypt `plain` for `context` ("table.column:row key") with the current key."""
    key, nonce = key_ring().current, os.urandom(NONCE)
    encryptor = _cipher(key, nonce).encryptor()
    encryptor.authenticate_additional_data(f"{key.header}|{context}".encode())
    body = encryptor.update(plain.encode()) + encryptor.finalize()
    packed = base64.urlsafe_b64encode(nonce + body + encryptor.tag).decode()
    return Sealed(f"{key.header}:{packed}")


def unseal(sealed: Sealed, context: str) -> str:
    """Decrypt for the same `context`; raises KeyMissing or SealBroken."""
    header, _, packed = sealed.text.rpartition(":")
    key = key_ring().by_header.get(header)
    if key is None:
        raise KeyMissing(
            f"找不到密钥 {header}，无法读取 {context}。请把它放回 FIELD_KEYS，排在当前密钥之后。"
        )
    try:
        raw = base64.urlsafe_b64decode(packed)
        nonce, body, tag = raw[:NONCE], raw[NONCE:-TAG], raw[-TAG:]
        decryptor = _cipher(key, nonce, tag).decryptor()
        decryptor.authenticate_additional_data(f"{header}|{context}".encode())
        return (decryptor.update(body) + decryptor.finalize()).decode()
    except (InvalidTag, ValueError) as error:
        raise SealBroken(
            f"{context} 的密文校验不通过：内容被改动，或不属于这一行这一列。请从备份恢复。"
        ) from error


def blind_index(value: str, purpose: str) -> str:
    """Keyed hash of a *cleaned* value for exact look-up, 64 hex digits; "" stays "".

    `purpose` ("accounts.mobile") keeps equal values of two columns from being linked.
    """
    if not value:
        return ""
    key = key_ring().index
    digest = DIGESTS[key.algorithm]()
    mac = hmac.HMAC(_derive(key, f"index:{purpose}", digest.digest_size), digest)
    mac.update(value.encode())
    return mac.finalize().hex()


class _Opening(DeferredAttribute):
    """Opens the value when it is read, so a list that shows none decrypts none."""

    field: "EncryptedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        sealed = isinstance(value, Sealed)
        return unseal(value, self.field.context_of(instance)) if sealed else value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.CharField):
    """Text sealed at rest, read and written as `str`.

    The model must have the field `row_key` (a unique UUIDField with a default, may be the primary
    key). Only `isnull` can be filtered; use a `blind_index` column for equality. `values()` gives
    `Sealed`; `update()` and `bulk_update()` refuse text, because they know no row.
    """

    descriptor_class = _Opening

    def __init__(self, *args: Any, row_key: str = "row_key", **kwargs: Any):
        self.row_key = row_key
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "row_key": self.row_key}

    def get_internal_type(self) -> str:
        return "TextField"  # `max_length` limits the plain text, not the column

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        key = {f.name: f for f in self.model._meta.concrete_fields}.get(self.row_key)
        if isinstance(key, models.UUIDField) and key.unique and key.has_default():
            return super().check(**kwargs)
        text = f"EncryptedTextField needs a unique UUIDField '{self.row_key}' with a default."
        return [*super().check(**kwargs), checks.Error(text, obj=self, id="common.E001")]

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def context_of(self, instance: models.Model) -> str:
        """What the value is bound to: "table.column:row key"."""
        return f"{self.model._meta.db_table}.{self.column}:{getattr(instance, self.row_key)}"

    def from_db_value(
        self, value: str | None, expression: Any, connection: Any
    ) -> Sealed | str | None:
        return Sealed(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | str | None:
        value = model_instance.__dict__.get(self.attname)
        context = self.context_of(model_instance)
        if add and isinstance(value, Sealed):
            unseal(value, context)  # a copied row must open under its own row key
        return seal(value, context) if isinstance(value, str) and value else value

    def get_prep_value(self, value: Any) -> str | None:
        if value and not isinstance(value, Sealed):
            raise TypeError(f"{self}: text can only be sealed by saving the row that holds it.")
        return value.text if value else value

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self}: sealed values are backed up with the database, never dumped.")


def encrypted_fields(model: type[models.Model]) -> list[EncryptedTextField]:
    return [f for f in model._meta.concrete_fields if isinstance(f, EncryptedTextField)]


def reseal(field: EncryptedTextField, batch: int = 500) -> Iterator[int]:
    """Seal every row of `field` with the current key; yields rows done after each transaction.

    Safe on line and after a break: what still carries an old header is what is left.
    """
    manager, header = field.model._base_manager, key_ring().current.header + ":"
    stored = manager.annotate(stored_text=Cast(field.name, models.TextField()))
    stale = stored.filter(stored_text__gt="").exclude(stored_text__startswith=header)
    stale = stale.order_by("pk").only("pk", field.row_key, field.name)
    while True:
        with transaction.atomic():
            rows = list(stale.select_for_update(no_key=True)[:batch])
            for row in rows:
                value = seal(getattr(row, field.attname), field.context_of(row))
                manager.filter(pk=row.pk).update(**{field.name: value})
        if not rows:
            return
        yield len(rows)
