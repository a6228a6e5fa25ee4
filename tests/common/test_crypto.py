"""Sealed fields: nothing opens outside its row, its column and its key."""

import base64
import uuid

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps

from common import crypto

AES = "k1:aes-256-gcm:" + base64.b64encode(b"a" * 32).decode()
AES_2 = "k2:aes-256-gcm:" + base64.b64encode(b"b" * 32).decode()
SM4 = "s1:sm4-gcm:" + base64.b64encode(b"c" * 16).decode()
INDEX = "index:hmac-sha256:" + base64.b64encode(b"a" * 32).decode()
PHONE, ROW = "13800138000", "t.phone:row-1"


@pytest.fixture
def ring(settings):
    def use(*entries: str) -> crypto.KeyRing:
        settings.FIELD_KEYS = ",".join(entries)
        return crypto.key_ring()

    use(AES)
    return use


@pytest.mark.parametrize("entry", [AES, SM4])
def test_a_value_opens_with_the_key_and_place_that_sealed_it(ring, entry):
    ring(entry)
    sealed = crypto.seal("张三 13800138000", ROW)
    assert crypto.unseal(sealed, ROW) == "张三 13800138000"
    assert sealed.text.startswith(":".join(entry.split(":")[1::-1]))


@pytest.mark.parametrize("entry", [AES, SM4])
def test_equal_values_are_sealed_differently_each_time(ring, entry):
    ring(entry)
    assert crypto.seal(PHONE, ROW).text != crypto.seal(PHONE, ROW).text


@pytest.mark.parametrize("entry", [AES, SM4])
@pytest.mark.parametrize("elsewhere", ["t.phone:row-2", "t.name:row-1", "u.phone:row-1"])
def test_a_value_moved_to_another_row_or_column_does_not_open(ring, entry, elsewhere):
    ring(entry)
    with pytest.raises(crypto.SealBroken, match="校验不通过"):
        crypto.unseal(crypto.seal(PHONE, ROW), elsewhere)


@pytest.mark.parametrize("entry", [AES, SM4])
def test_every_flipped_bit_is_noticed(ring, entry):
    ring(entry)
    header, _, packed = crypto.seal(PHONE, ROW).text.rpartition(":")
    raw = base64.urlsafe_b64decode(packed)
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        text = f"{header}:{base64.urlsafe_b64encode(changed).decode()}"
        with pytest.raises(crypto.SealBroken):
            crypto.unseal(crypto.Sealed(text), ROW)


@pytest.mark.parametrize("packed", ["", "AAAA", "不是密文"])
def test_a_stored_text_that_is_no_ciphertext_is_refused(ring, packed):
    with pytest.raises(crypto.SealBroken):
        crypto.unseal(crypto.Sealed(f"aes-256-gcm:k1:{packed}"), ROW)


def test_an_old_key_still_opens_and_the_first_key_seals(ring):
    old = crypto.seal(PHONE, ROW)
    ring(SM4, AES, INDEX)
    assert crypto.unseal(old, ROW) == PHONE
    assert crypto.seal(PHONE, ROW).text.startswith("sm4-gcm:s1:")


def test_a_lost_key_is_named(ring):
    sealed = crypto.seal(PHONE, ROW)
    ring(AES_2)
    with pytest.raises(crypto.KeyMissing, match="aes-256-gcm:k1"):
        crypto.unseal(sealed, ROW)


def test_another_key_under_the_same_id_does_not_open(ring):
    sealed = crypto.seal(PHONE, ROW)
    ring(AES_2.replace("k2", "k1"))
    with pytest.raises(crypto.SealBroken):
        crypto.unseal(sealed, ROW)


@pytest.mark.parametrize(
    "text",
    [
        "",
        INDEX,
        "k1:aes-256-gcm:not-base64!",
        "k1:aes-256-gcm:" + base64.b64encode(b"short").decode(),
        "k1:rot13:" + base64.b64encode(b"a" * 32).decode(),
        ":aes-256-gcm:" + base64.b64encode(b"a" * 32).decode(),
        "index:hmac-sm3:," + AES,
        f"{AES},{AES}",
        f"{AES},{AES_2}",
        f"{AES},{INDEX},{INDEX.replace('index', 'index2')}",
    ],
)
def test_a_wrong_key_ring_is_refused_without_printing_a_secret(ring, text):
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS") as error:
        ring(text)
    assert base64.b64encode(b"a" * 32).decode() not in str(error.value)


def test_a_repr_shows_neither_key_nor_ciphertext(ring):
    sealed = crypto.seal(PHONE, ROW)
    assert sealed.text not in f"{sealed!r}{sealed}"
    assert str(b"a" * 32) not in repr(crypto.key_ring())


def test_the_blind_index_finds_equal_values_of_one_purpose_only(ring):
    index = crypto.blind_index(PHONE, "accounts.mobile")
    assert index == crypto.blind_index(PHONE, "accounts.mobile")
    assert index != crypto.blind_index("13800138001", "accounts.mobile")
    assert index != crypto.blind_index(PHONE, "accounts.id")
    assert len(index) == crypto.BLIND_INDEX_LENGTH
    assert crypto.blind_index("", "accounts.mobile") == ""


def test_the_blind_index_survives_a_change_of_the_sealing_key(ring):
    before = crypto.blind_index(PHONE, "accounts.mobile")
    ring(AES_2, AES, INDEX)
    assert crypto.blind_index(PHONE, "accounts.mobile") == before
    ring(AES_2, INDEX)
    assert crypto.blind_index(PHONE, "accounts.mobile") == before


def test_the_blind_index_of_the_national_algorithms_is_sm3(ring):
    assert ring(SM4).index.algorithm == "hmac-sm3"
    assert len(crypto.blind_index(PHONE, "accounts.mobile")) == crypto.BLIND_INDEX_LENGTH


# --- the model field ---------------------------------------------------------------------------


@pytest.fixture
def person(ring, db):
    """A model with two sealed columns, its table made for this test."""
    with isolate_apps("common"):

        class Person(models.Model):
            row_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
            phone = crypto.EncryptedTextField("手机", max_length=20, blank=True)
            name = crypto.EncryptedTextField("姓名", max_length=20, null=True)

            class Meta:
                app_label = "common"

        with connection.schema_editor() as editor:
            editor.create_model(Person)
        yield Person


def stored(model, column: str, pk: int) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} WHERE id = %s", [pk])
        return cursor.fetchone()[0]


def test_the_column_holds_ciphertext_and_the_attribute_the_text(person):
    row = person.objects.create(phone=PHONE, name="张三")
    assert PHONE not in stored(person, "phone", row.pk)
    read = person.objects.get(pk=row.pk)
    assert (read.phone, read.name) == (PHONE, "张三")


def test_saving_another_field_keeps_the_ciphertext_as_it_is(person):
    pk = person.objects.create(phone=PHONE, name="张三").pk
    before = stored(person, "phone", pk)
    row = person.objects.get(pk=pk)
    row.name = "李四"
    row.save()
    assert stored(person, "phone", pk) == before
    assert person.objects.get(pk=pk).name == "李四"


def test_nothing_is_stored_for_nothing(person):
    row = person.objects.create(phone="", name=None)
    assert (stored(person, "phone", row.pk), stored(person, "name", row.pk)) == ("", None)
    assert person.objects.filter(name__isnull=True).get().phone == ""


@pytest.mark.parametrize("source", ["other row", "other column"])
def test_a_ciphertext_copied_in_the_database_does_not_open(person, source):
    victim = person.objects.create(phone=PHONE, name="张三")
    other = person.objects.create(phone="13900139000", name="李四")
    value = {
        "other row": stored(person, "phone", other.pk),
        "other column": stored(person, "name", victim.pk),
    }[source]
    person.objects.filter(pk=victim.pk).update(phone=crypto.Sealed(value))
    with pytest.raises(crypto.SealBroken):
        _ = person.objects.get(pk=victim.pk).phone


def test_a_copied_row_under_a_new_row_key_is_refused(person):
    row = person.objects.get(pk=person.objects.create(phone=PHONE).pk)
    row.pk, row.row_key, row._state.adding = None, uuid.uuid4(), True
    with pytest.raises(crypto.SealBroken):
        row.save()


def test_deferred_and_refreshed_rows_open_too(person):
    pk = person.objects.create(phone=PHONE).pk
    row = person.objects.defer("phone", "row_key").get(pk=pk)
    assert row.phone == PHONE
    row.phone = "changed"
    row.refresh_from_db()
    assert row.phone == PHONE


def test_bulk_create_seals(person):
    person.objects.bulk_create([person(phone=PHONE), person(phone="13900139000")])
    assert {row.phone for row in person.objects.all()} == {PHONE, "13900139000"}
    assert all(isinstance(v, crypto.Sealed) for v in person.objects.values_list("phone", flat=True))


def test_a_write_that_knows_no_row_is_refused(person):
    row = person.objects.create(phone=PHONE)
    with pytest.raises(TypeError, match="saving the row"):
        person.objects.update(phone="13900139000")
    row.phone = "13900139000"
    with pytest.raises(TypeError, match="saving the row"):
        person.objects.bulk_update([row], ["phone"])


@pytest.mark.parametrize("lookup", ["phone", "phone__icontains", "phone__in", "phone__gt"])
def test_a_sealed_column_cannot_be_searched(person, lookup):
    with pytest.raises(FieldError):
        person.objects.filter(**{lookup: [PHONE]}).exists()


def test_a_dump_never_carries_the_text(person):
    field = person._meta.get_field("phone")
    with pytest.raises(TypeError, match="never dumped"):
        field.value_to_string(person(phone=PHONE))


def test_the_limit_is_the_length_of_the_text(person):
    row = person(phone="1" * 21, name="张三")
    with pytest.raises(Exception, match="20"):
        row.full_clean()
    row.phone = "1" * 20
    row.full_clean()


def test_changing_keys_reseals_every_row_once_and_can_be_resumed(person, ring):
    rows = [person(phone=f"1380013800{n}", name=None if n % 2 else "张三") for n in range(7)]
    person.objects.bulk_create([*rows, person(phone="", name=None)])
    ring(SM4, AES, INDEX)
    phone, name = crypto.encrypted_fields(person)
    steps = crypto.reseal(phone, batch=3)
    assert next(steps) == 3
    steps.close()
    assert list(crypto.reseal(phone, batch=3)) == [3, 1]
    assert list(crypto.reseal(phone)) == []
    assert sum(crypto.reseal(name)) == 4
    ring(SM4)
    assert sorted(row.phone for row in person.objects.all()) == sorted(
        ["", *(row.phone for row in rows)]
    )


@isolate_apps("common")
def test_a_model_without_a_row_key_fails_the_system_check():
    class Careless(models.Model):
        phone = crypto.EncryptedTextField(max_length=20)

        class Meta:
            app_label = "common"

    assert [e.id for e in Careless._meta.get_field("phone").check()] == ["common.E001"]


def test_a_field_says_its_row_key_to_migrations():
    field = crypto.EncryptedTextField(max_length=20, row_key="id")
    _, path, _, kwargs = field.deconstruct()
    assert path == "common.crypto.EncryptedTextField"
    assert kwargs == {"max_length": 20, "row_key": "id"}
